# A put() between a putter's wake-up and its step takes the room; the woken one goes to the end of the line.
import asyncio

from twin import show, ticks


async def put(name, queue, item, tick):
    try:
        await queue.put(item)
        print(name, "put", item, "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue(1)
    queue.put_nowait(0)
    tasks = [asyncio.create_task(put("a", queue, 1, tick)), asyncio.create_task(put("b", queue, 2, tick))]
    await asyncio.sleep(0)
    print(queue.get_nowait())
    await queue.put("mine")
    print(str(queue), "in", tick())
    await asyncio.sleep(0)
    print(str(queue), "in", tick())
    for i in range(3):
        print(i, "taken", await queue.get(), "in", tick())
    await asyncio.gather(*tasks)


asyncio.run(main())
