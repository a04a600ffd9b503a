# A putter cancelled in the iteration in which room is made is skipped.
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
    tasks[0].cancel()
    print(queue.get_nowait(), str(queue))
    await asyncio.gather(*tasks)
    print(str(queue), "in", tick())


asyncio.run(main())
