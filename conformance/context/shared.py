# Fact 50: a context that is given explicitly is used as it is, and can be shared by tasks.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="default")

async def work(name):
    for _ in range(2):
        print(name, "sees", variable.get())
        variable.set(name)
        await asyncio.sleep(0)

async def main():
    variable.set("main")
    shared = contextvars.copy_context()
    a = asyncio.create_task(work("a"), context=shared)
    b = asyncio.create_task(work("b"), context=shared)
    await a
    await b
    print(variable.get(), shared[variable], a.get_context() is shared)


asyncio.run(main())
