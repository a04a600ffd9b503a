# test_why_are_putters_waiting: room for two is made in one iteration and used by two.
import asyncio

from twin import show, ticks


async def put(name, queue, item, tick):
    try:
        await queue.put(item)
        print(name, "put", item, "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())

async def drain(queue, tick):
    await asyncio.sleep(0)
    count = queue.qsize()
    for i in range(count):
        print(i, queue.get_nowait(), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue(2)
    await asyncio.gather(drain(queue, tick), put("a", queue, 0, tick), put("b", queue, 1, tick), put("c", queue, 2, tick), put("d", queue, 3, tick))
    print(str(queue))


asyncio.run(main())
