# Fact 63: an eager task has a copy of the context, too, or the one it was given.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="none")

async def work(value, block):
    print("task sees", variable.get())
    variable.set(value)
    if block:
        await asyncio.sleep(0)
        print("task still sees", variable.get())

async def main():
    variable.set("main")
    for block in [False, True]:
        task = asyncio.create_task(work("task", block), eager_start=True)
        print("main sees", variable.get())
        await task
        print("main sees", variable.get())
    shared = contextvars.copy_context()
    await asyncio.create_task(work("shared", False), context=shared, eager_start=True)
    print(variable.get(), shared[variable])


asyncio.run(main())
