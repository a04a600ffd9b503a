# Fact 6: an exception in a callback goes to the exception handler, and the loop goes on.
import asyncio

from twin import show

loop = asyncio.new_event_loop()


def handler(loop, context):
    print(context["message"][:21], show(context["exception"]), "handle" in context)

def boom(text):
    raise ValueError(text)

print(loop.get_exception_handler() is None)
loop.set_exception_handler(handler)
print(loop.get_exception_handler() is handler)
loop.call_soon(boom, "from a callback")
loop.call_soon(print, "next callback")
loop.call_later(1, boom, "from a timer")
loop.call_later(2, print, "next timer")
loop.call_later(3, loop.stop)
loop.run_forever()
print("stopped at", f"{loop.time():g}")
