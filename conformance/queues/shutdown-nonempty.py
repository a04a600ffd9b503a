# Fact 125: what is in the queue can still be taken; join() still needs taskDone() (test_shutdown_nonempty).
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
    queue = asyncio.Queue(1)
    queue.put_nowait("data")
    tasks = [asyncio.create_task(join("j", queue, tick)), asyncio.create_task(put("p", queue, "data2", tick)), asyncio.create_task(put("q", queue, "data3", tick))]
    await asyncio.sleep(0)
    print(str(queue))
    queue.shutdown()
    print(str(queue))
    await asyncio.sleep(0)
    print([task.done() for task in tasks], "in", tick())
    await get("g", queue, tick)
    await get("h", queue, tick)
    await put("r", queue, "more", tick)
    print([task.done() for task in tasks], str(queue))
    queue.task_done()
    await asyncio.gather(*tasks)
    try:
        queue.task_done()
    except ValueError as error:
        print(type(error).__name__)


asyncio.run(main())
