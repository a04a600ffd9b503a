# Fact 13: in debug mode a coroutine or coroutine function cannot be scheduled as a callback.
import asyncio

loop = asyncio.new_event_loop()


async def work():
    print("never runs")

loop.set_debug(True)
print(loop.get_debug())
coro = work()
for label, call in [["call_soon", loop.call_soon], ["call_later", lambda f: loop.call_later(1, f)],
                    ["call_at", lambda f: loop.call_at(1, f)]]:
    for callback in [work, coro]:
        try:
            call(callback)
            print(label, "worked")
        except TypeError as error:
            print(label, str(error)[:31])
coro.close()
