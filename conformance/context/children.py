# Fact 50: children of gather(), wait_for(), shield() and task groups inherit the values of the moment they were
# made.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default="default")

async def child(label):
    print(label, "sees", variable.get())
    variable.set(label)
    await asyncio.sleep(0)
    return variable.get()

async def main():
    variable.set("main")
    print(await asyncio.gather(child("a"), child("b")), variable.get())
    print(await asyncio.shield(child("shielded")), variable.get())
    async with asyncio.TaskGroup() as group:
        variable.set("body")
        task = group.create_task(child("in the group"))
    print(task.result(), variable.get())
    print(await asyncio.wait_for(child("awaited inline"), 5), variable.get())
    print(await child("awaited"), variable.get())


asyncio.run(main())
