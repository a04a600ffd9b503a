# A task group inside of a manager: a child that fails interrupts the body, and leaving waits for the children.
import asyncio
import contextlib

from twin import show


@contextlib.asynccontextmanager
async def background():
    async with asyncio.TaskGroup() as group:
        yield group
        print("waiting for the children")

async def child(name, delay, fail=False):
    await asyncio.sleep(delay)
    print(name, f"{asyncio.get_running_loop().time():g}")
    if fail:
        raise ValueError(name)

async def main():
    async with background() as group:
        group.create_task(child("a", 2))
    print("after")
    try:
        async with background() as group:
            group.create_task(child("b", 1, True))
            group.create_task(child("never", 5))
            try:
                await asyncio.sleep(100)
            except asyncio.CancelledError as error:
                print("interrupted", show(error))
                raise
    except ExceptionGroup as error:
        print(show(error), f"{asyncio.get_running_loop().time():g}", asyncio.current_task().cancelling())


asyncio.run(main())
