# A woken putter is cancelled after somebody else took its room: there is nothing to pass on.
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
    queue.put_nowait("mine")
    tasks[0].cancel()
    await asyncio.sleep(0)
    print([task.done() for task in tasks], str(queue), "in", tick())
    print(queue.get_nowait())
    await asyncio.gather(*tasks)
    print(str(queue))


asyncio.run(main())
