# A cancelled join() leaves the others waiting.
import asyncio

from twin import show, ticks


async def join(name, queue, tick):
    try:
        await queue.join()
        print(name, "joined in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue()
    queue.put_nowait("a")
    tasks = [asyncio.create_task(join("x", queue, tick)), asyncio.create_task(join("y", queue, tick))]
    await asyncio.sleep(0)
    tasks[0].cancel()
    await asyncio.sleep(0)
    print([task.done() for task in tasks], str(queue))
    queue.task_done()
    tasks[1].cancel()
    await asyncio.gather(*tasks)
    print(str(queue), queue.get_nowait())


asyncio.run(main())
