# Fact 40: cancelling the awaited future or child cancels the task that awaits it, without a count.
import asyncio

from twin import show


async def work(awaited):
    try:
        await awaited
    except asyncio.CancelledError as error:
        print(show(error), asyncio.current_task().cancelling())
        raise

async def main():
    future = asyncio.get_running_loop().create_future()
    child = asyncio.create_task(asyncio.sleep(10))
    tasks = [asyncio.create_task(work(future)), asyncio.create_task(work(child))]
    await asyncio.sleep(0)
    future.cancel("the future")
    child.cancel("the child")
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], [task.cancelling() for task in tasks])


asyncio.run(main())
