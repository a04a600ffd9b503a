# Fact 126: an immediate shutdown drops what is in the queue and counts it as done (test_shutdown_immediate).
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

async def join(name, queue, tick):
    try:
        await queue.join()
        print(name, "joined in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue(2)
    queue.put_nowait("a")
    queue.put_nowait("b")
    tasks = [asyncio.create_task(join("j", queue, tick)), asyncio.create_task(put("p", queue, "c", tick))]
    await asyncio.sleep(0)
    queue.shutdown(immediate=True)
    print(str(queue), queue.qsize())
    await asyncio.gather(*tasks)
    await get("g", queue, tick)
    await put("p", queue, "d", tick)
    try:
        queue.task_done()
    except ValueError as error:
        print(type(error).__name__)
    await queue.join()


asyncio.run(main())
