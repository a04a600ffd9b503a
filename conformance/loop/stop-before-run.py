# Fact 2: stop() before run_forever() runs exactly one iteration; what it scheduled stays for the next run.
import asyncio

loop = asyncio.new_event_loop()


def first():
    print("first")
    loop.call_soon(print, "scheduled by first")

loop.call_soon(first)
loop.call_later(0, print, "timer that is due")
loop.call_later(1, print, "timer that is not due")
loop.stop()
loop.run_forever()
print("returned at", f"{loop.time():g}")
loop.stop()
loop.run_forever()
print("again at", f"{loop.time():g}")
