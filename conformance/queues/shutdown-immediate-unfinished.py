# Fact 126: items that were taken before still need their taskDone() (test_shutdown_immediate_with_unfinished).
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
    queue.put_nowait("b")
    task = asyncio.create_task(join("j", queue, tick))
    print(await queue.get())
    queue.shutdown(immediate=True)
    print(str(queue))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(task.done(), "in", tick())
    queue.task_done()
    try:
        queue.task_done()
    except ValueError as error:
        print(type(error).__name__)
    await task


asyncio.run(main())
