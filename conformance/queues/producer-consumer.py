# Producer and consumer on a queue of one item: who runs when, iteration by iteration.
import asyncio

from twin import ticks


async def producer(queue, tick):
    for i in range(5):
        await queue.put(i)
        print("put", i, "in", tick())
async def consumer(queue, tick):
    for i in range(5):
        print(i, "got", await queue.get(), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue(1)
    await asyncio.gather(producer(queue, tick), consumer(queue, tick))
    print(str(queue), "in", tick())


asyncio.run(main())
