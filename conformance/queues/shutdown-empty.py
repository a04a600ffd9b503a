# Fact 125: shutting down an empty queue: who waits to get is told, put() and get() refuse (test_shutdown_empty).
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
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(get("a", queue, tick)), asyncio.create_task(get("b", queue, tick))]
    await asyncio.sleep(0)
    queue.shutdown()
    print(str(queue))
    await queue.join()
    await asyncio.gather(*tasks)
    await put("put", queue, 1, tick)
    await get("get", queue, tick)
    try:
        queue.put_nowait(1)
    except Exception as error:
        print(show(error))
    try:
        queue.get_nowait()
    except Exception as error:
        print(show(error))
    queue.shutdown()
    print(str(queue))


asyncio.run(main())
