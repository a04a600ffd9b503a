# Tick table: a due timer joins the ready queue behind what is already in it, and runs in the same iteration.
import asyncio

loop = asyncio.new_event_loop()


def due():
    print("timer at", f"{loop.time():g}")
    loop.call_soon(print, "scheduled by the timer")
    loop.call_later(0, print, "timer set by the timer")

def spin(left):
    print("spin", left)
    if left:
        loop.call_soon(spin, left - 1)

loop.call_later(0, due)
loop.call_soon(spin, 3)
loop.call_later(0, print, "second timer")
loop.call_later(1, loop.stop)
loop.run_forever()
