# A getter of a PriorityQueue gets the smallest item of the moment at which it goes on.
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
    queue = asyncio.PriorityQueue(2)
    tasks = [asyncio.create_task(get("a", queue, tick)), asyncio.create_task(get("b", queue, tick))]
    await asyncio.sleep(0)
    queue.put_nowait(2)
    queue.put_nowait(1)
    await asyncio.gather(*tasks)
    queue.put_nowait(5)
    queue.put_nowait(6)
    late = asyncio.create_task(put("p", queue, 4, tick))
    await asyncio.sleep(0)
    print(queue.get_nowait(), str(queue))
    await late
    print(str(queue), queue.get_nowait(), queue.get_nowait())


asyncio.run(main())
