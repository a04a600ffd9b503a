# join() waits until taskDone() was called for every item; an empty queue is joined at once (test_join_empty_queue).
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
    await queue.join()
    await queue.join()
    print("joined in", tick())
    queue.put_nowait("a")
    queue.put_nowait("b")
    tasks = [asyncio.create_task(join("x", queue, tick)), asyncio.create_task(join("y", queue, tick))]
    await asyncio.sleep(0)
    print(queue.get_nowait(), queue.get_nowait(), str(queue))
    queue.task_done()
    await asyncio.sleep(0)
    print([task.done() for task in tasks], str(queue), "in", tick())
    queue.task_done()
    await asyncio.gather(*tasks)


asyncio.run(main())
