# Fact 50: a task works on a copy of the context, taken at its creation; what it sets does not leak out.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="default")

async def helper():
    variable.set("helper")

async def work(name):
    print(name, "starts with", variable.get())
    variable.set(name)
    await asyncio.sleep(0)
    print(name, "has", variable.get())
    await helper()
    print(name, "after its helper", variable.get())

async def main():
    variable.set("main")
    a = asyncio.create_task(work("a"))
    variable.set("main later")
    b = asyncio.create_task(work("b"))
    variable.set("main at last")
    await a
    await b
    print(variable.get(), a.get_context()[variable], b.get_context()[variable])


asyncio.run(main())
