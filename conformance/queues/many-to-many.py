# Three producers and two consumers on a queue of two: every item once, in CPython's order.
import asyncio

from twin import ticks


async def producer(name, queue):
    for i in range(4):
        await queue.put([name, i])
async def consumer(name, queue, tick):
    for i in range(6):
        item = await queue.get()
        print(name, i, item, "in", tick())
        queue.task_done()

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue(2)
    await asyncio.gather(producer("a", queue), consumer("x", queue, tick), producer("b", queue), producer("c", queue), consumer("y", queue, tick))
    await queue.join()
    print(str(queue), "in", tick())


asyncio.run(main())
