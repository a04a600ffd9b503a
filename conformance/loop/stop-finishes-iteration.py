# Fact 3: stop() lets every callback that was already scheduled for this iteration run.
import asyncio

loop = asyncio.new_event_loop()


def stopping():
    print("stopping")
    loop.stop()
    loop.call_soon(print, "scheduled after stop")

loop.call_soon(print, "before")
loop.call_soon(stopping)
loop.call_soon(print, "after")
loop.call_soon(stopping)
loop.call_soon(print, "last")
loop.run_forever()
print("returned", loop.is_running())
loop.call_soon(loop.stop)
loop.run_forever()
print("returned", loop.is_running())
