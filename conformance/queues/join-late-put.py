# What is put after the last taskDone() does not hold up who was waiting.
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
    task = asyncio.create_task(join("x", queue, tick))
    await asyncio.sleep(0)
    queue.get_nowait()
    queue.task_done()
    queue.put_nowait("b")
    late = asyncio.create_task(join("late", queue, tick))
    await task
    print(late.done(), str(queue))
    queue.get_nowait()
    queue.task_done()
    await late


asyncio.run(main())
