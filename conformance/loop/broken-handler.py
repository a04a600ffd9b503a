# Fact 7: an exception handler that throws is reported to the default handler, and the loop goes on.
import asyncio

from twin import show

loop = asyncio.new_event_loop()


def handler(loop, context):
    print("handler", context["message"])
    raise TypeError("the handler is broken")

def default(context):
    print("default", context["message"], show(context["exception"]))

loop.set_exception_handler(handler)
loop.default_exception_handler = default
loop.call_soon(loop.call_exception_handler, {"message": "by hand"})
loop.call_soon(print, "next callback")
loop.call_soon(loop.stop)
loop.run_forever()

loop.set_exception_handler(None)
loop.call_exception_handler({"message": "without a handler", "exception": ValueError("boom")})
