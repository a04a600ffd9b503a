# Fact 1: a callback scheduled by a running callback runs in the next iteration, not in this one.
import asyncio

from twin import ticks

loop = asyncio.new_event_loop()

tick = ticks(loop)

def again(name, left):
    print(name, left, "in", tick())
    if left:
        loop.call_soon(again, name, left - 1)

def burst():
    print("burst in", tick())
    for name in "xyz":
        loop.call_soon(print, name)
    loop.call_soon(again, "late", 1)

loop.call_soon(again, "a", 3)
loop.call_soon(burst)
loop.call_soon(again, "b", 2)
loop.call_later(1, loop.stop)
loop.run_forever()
print("stopped at", f"{loop.time():g}")
