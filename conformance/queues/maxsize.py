# test_maxsize: a putter waits for room and goes on one iteration after an item was taken.
import asyncio

from twin import ticks


async def putter(queue, tick):
    for i in range(3):
        await queue.put(i)
        print("put", i, "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue(maxsize=2)
    task = asyncio.create_task(putter(queue, tick))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(str(queue), "in", tick())
    print(await queue.get(), "in", tick())
    await asyncio.sleep(0)
    print(await queue.get(), await queue.get(), task.done(), "in", tick())
    await task


asyncio.run(main())
