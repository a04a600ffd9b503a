# Fact 8: the exception handler runs in the context of the callback that failed.
import asyncio
import contextvars

from twin import show

loop = asyncio.new_event_loop()

request = contextvars.ContextVar("request", default="none")

def handler(loop, context):
    print(show(context["exception"]), "in", request.get())

def boom(text):
    raise ValueError(text)

def serve(name):
    request.set(name)
    loop.call_soon(boom, f"soon {name}")
    loop.call_later(1, boom, f"later {name}")

loop.set_exception_handler(handler)
for name in ["one", "two"]:
    contextvars.copy_context().run(serve, name)
loop.call_soon(boom, "outside")
loop.call_later(2, loop.stop)
loop.run_forever()
print(request.get())
