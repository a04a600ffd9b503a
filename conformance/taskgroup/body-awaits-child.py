# The body awaits the child that fails: it hears of the group's cancellation, not of the error.
import asyncio

from twin import show


async def fail():
    await asyncio.sleep(0)
    raise ValueError("child")

async def through(depth, task):
    await (through(depth - 1, task) if depth else task)

async def main():
    for depth in [0, 1, 5]:
        try:
            async with asyncio.TaskGroup() as group:
                task = group.create_task(fail())
                try:
                    await through(depth, task)
                except BaseException as error:
                    print("body", show(error), asyncio.current_task().cancelling())
                    raise
        except ExceptionGroup as error:
            print(show(error), asyncio.current_task().cancelling())


asyncio.run(main())
