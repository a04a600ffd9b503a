# A woken putter that is cancelled passes the room on to the next one.
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
    tasks = [asyncio.create_task(put("a", queue, 1, tick)), asyncio.create_task(put("b", queue, 2, tick)), asyncio.create_task(put("c", queue, 3, tick))]
    await asyncio.sleep(0)
    print(queue.get_nowait())
    tasks[0].cancel()
    print(str(queue))
    await asyncio.sleep(0)
    print(str(queue), "in", tick())
    await asyncio.sleep(0)
    print(queue.get_nowait(), str(queue), "in", tick())
    await asyncio.sleep(0)
    print(queue.get_nowait(), str(queue), "in", tick())


asyncio.run(main())
