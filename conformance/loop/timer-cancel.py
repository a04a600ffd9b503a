# Fact 5: a cancelled timer never fires and does not delay the others; cancelling again or too late is harmless.
import asyncio

loop = asyncio.new_event_loop()

first = loop.call_later(1, print, "first")
second = loop.call_later(2, print, "second")
third = loop.call_later(3, print, "third")

def at_two_and_a_half():
    print("cancelling", f"{loop.time():g}")
    third.cancel()
    second.cancel()
    print(second.cancelled(), third.cancelled())

loop.call_later(2.5, at_two_and_a_half)
loop.call_later(4, loop.stop)
first.cancel()
first.cancel()
print(first.cancelled(), second.cancelled(), first.when() == 1, third.when() == 3)
loop.run_forever()
print("stopped at", f"{loop.time():g}")
