# Fact 51: done callbacks and scheduled callbacks run in the context of their registration, or in the one given.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="default")

def report(label):
    print(label, variable.get())

async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    variable.set("first")
    given = contextvars.copy_context()
    future.add_done_callback(lambda f: report("done callback"))
    loop.call_soon(report, "call_soon")
    loop.call_later(1, report, "call_later")
    variable.set("second")
    future.add_done_callback(lambda f: report("done callback"))
    future.add_done_callback(lambda f: report("done callback with context"), context=given)
    loop.call_soon(lambda: variable.set("set by a callback"))
    variable.set("third")
    future.set_result(None)
    await asyncio.sleep(0)
    report("main")
    await asyncio.sleep(2)


asyncio.run(main())
