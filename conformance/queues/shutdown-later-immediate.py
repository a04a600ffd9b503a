# A shutdown that drains may be followed by an immediate one.
import asyncio

from twin import show, ticks


async def put(name, queue, item, tick):
    try:
        await queue.put(item)
        print(name, "put", item, "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())

async def join(name, queue, tick):
    try:
        await queue.join()
        print(name, "joined in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue(1)
    queue.put_nowait("a")
    tasks = [asyncio.create_task(join("j", queue, tick)), asyncio.create_task(put("p", queue, "b", tick))]
    await asyncio.sleep(0)
    queue.shutdown()
    queue.shutdown(immediate=True)
    print(str(queue))
    await asyncio.gather(*tasks)


asyncio.run(main())
