# Fact 9: an exit-class error leaves the loop at once and leaves no stale stop behind.
import asyncio

from twin import show

loop = asyncio.new_event_loop()


def interrupt():
    print("interrupting")
    raise KeyboardInterrupt

async def child():
    raise KeyboardInterrupt

loop.call_soon(interrupt)
loop.call_soon(print, "same iteration, kept for the next run")
try:
    loop.run_forever()
except KeyboardInterrupt as error:
    print(show(error), loop.is_running())

loop.call_later(1, print, "one second later")
loop.run_until_complete(asyncio.sleep(2))
print("ran on to", f"{loop.time():g}")

try:
    loop.run_until_complete(child())
except KeyboardInterrupt as error:
    print(show(error))
print(loop.run_until_complete(asyncio.sleep(0, "still usable")))
