# Fact 8: what a task leaves to the exception handler is handled in the task's context.
import asyncio
import contextvars

from twin import show

variable = contextvars.ContextVar("variable", default="default")

async def work(name):
    variable.set(name)
    future = asyncio.get_running_loop().create_future()

    def broken(f):
        variable.set(f"{name}, in the callback")
        raise ValueError(name)

    future.add_done_callback(broken)
    future.set_result(None)
    await asyncio.sleep(0)
    print(name, "still has", variable.get())

async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(show(context["exception"]), "handled with", variable.get()))
    await asyncio.gather(work("a"), work("b"))
    print(variable.get())


asyncio.run(main())
