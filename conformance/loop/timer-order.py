# Fact 4: timers fire in the order of their due times, negative delays included.
import asyncio

loop = asyncio.new_event_loop()


def fire(name):
    print(name, f"{loop.time():g}")

loop.call_later(0.5, fire, "half")
loop.call_later(-1, fire, "minus one")
loop.call_later(2, fire, "two")
loop.call_later(-2, fire, "minus two")
loop.call_at(1, fire, "at one")
loop.call_later(0.25, fire, "quarter")
loop.call_soon(fire, "soon")
loop.call_later(0, fire, "zero")
loop.call_at(-5, fire, "at minus five")
loop.call_later(3, loop.stop)
loop.run_forever()
