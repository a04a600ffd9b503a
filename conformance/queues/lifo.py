# A LifoQueue gives the newest item first; everything else is as in a Queue.
import asyncio

from twin import show, ticks


async def get(name, queue, tick):
    try:
        print(name, "got", await queue.get(), "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())

async def put(name, queue, item, tick):
    try:
        await queue.put(item)
        print(name, "put", item, "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.LifoQueue(3)
    for item in [1, 3, 2]:
        await queue.put(item)
    print(str(queue), queue.full())
    task = asyncio.create_task(put("p", queue, 4, tick))
    await asyncio.sleep(0)
    print(queue.get_nowait(), str(queue))
    await task
    print(await queue.get(), await queue.get(), await queue.get(), str(queue))
    waiting = asyncio.create_task(get("g", queue, tick))
    await asyncio.sleep(0)
    queue.put_nowait("a")
    queue.put_nowait("b")
    await waiting
    queue.shutdown(immediate=True)
    print(str(queue))


asyncio.run(main())
