# Fact 106: an error of the body joins the group's; the children are cancelled first.
import asyncio

from twin import show


async def child(fail):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("child cancelled")
        if fail:
            raise TypeError("child")
        raise

async def main():
    for fail in [False, True]:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(child(fail))
                await asyncio.sleep(1)
                raise ValueError("body")
        except ExceptionGroup as error:
            print(show(error), asyncio.current_task().cancelling())
    try:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(child(False))
            raise ValueError("before the child started")
    except ExceptionGroup as error:
        print(show(error), task.cancelled())


asyncio.run(main())
