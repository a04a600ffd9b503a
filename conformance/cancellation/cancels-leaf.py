# Fact 33, tick table: cancel() cancels the awaited future at once, the error arrives in the next iteration.
import asyncio

from twin import show, ticks


async def nested(depth, future):
    if depth:
        return await nested(depth - 1, future)
    return await future

async def work(depth, future, tick):
    try:
        await nested(depth, future)
    except asyncio.CancelledError as error:
        print("caught", show(error), "in", tick())
        raise

async def main():
    loop = asyncio.get_running_loop()
    tick = ticks(loop, 30)
    for depth in [0, 1, 5]:
        future = loop.create_future()
        task = asyncio.create_task(work(depth, future, tick))
        await asyncio.sleep(0)
        print(future.cancelled(), task.cancel("stop"), future.cancelled(), task.done(), "in", tick())
        await asyncio.sleep(0)
        print(task.done(), task.cancelled(), "in", tick())


asyncio.run(main())
