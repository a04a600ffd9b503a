# Tick table: a task that returns at k wakes the task awaiting it at k+1, however deep the await is nested.
import asyncio

from twin import ticks


async def work(tick):
    await asyncio.sleep(0)
    print("work returns in", tick())
    return "result"

async def through(depth, task):
    if depth:
        return await through(depth - 1, task)
    return await task

async def main():
    loop = asyncio.get_running_loop()
    tick = ticks(loop, 30)
    for depth in [0, 1, 5]:
        await asyncio.sleep(0)
        start = tick()
        task = asyncio.create_task(work(lambda: tick() - start))
        task.add_done_callback(lambda t: print("callback in", tick() - start))
        print(depth, await through(depth, task), "in", tick() - start)


asyncio.run(main())
