# asyncio's test_empty, test_full, test_order: a queue is first in, first out; put() and get() that need not wait do not suspend.
import asyncio

from twin import ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue()
    print(queue.qsize(), queue.empty(), queue.full(), queue.maxsize)
    for item in [1, 3, 2]:
        await queue.put(item)
    print(queue.qsize(), queue.empty(), queue.full(), "in", tick())
    print(await queue.get(), await queue.get(), queue.get_nowait(), "in", tick())
    small = asyncio.Queue(2)
    small.put_nowait("a")
    print(small.full(), small.maxsize)
    small.put_nowait("b")
    print(small.full())


asyncio.run(main())
