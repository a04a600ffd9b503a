# Fact 103: a child that is cancelled on its own does not disturb the group.
import asyncio

from twin import show


async def child(delay):
    await asyncio.sleep(delay)
    return delay

async def main():
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(child(delay)) for delay in [1, 2, 3]]
        await asyncio.sleep(0.5)
        tasks[1].cancel("only this one")
        try:
            await tasks[1]
        except asyncio.CancelledError as error:
            print(show(error), asyncio.current_task().cancelling())
    print([task.cancelled() for task in tasks], tasks[2].result(), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
