# A task that is cancelled before its first step never stands in the line.
import asyncio

from twin import show, ticks


async def get(name, queue, tick):
    try:
        print(name, "got", await queue.get(), "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue()
    task = asyncio.create_task(queue.get())
    other = asyncio.create_task(get("b", queue, tick))
    task.cancel()
    await asyncio.sleep(0)
    print(task.cancelled(), str(queue))
    queue.put_nowait(1)
    await other


asyncio.run(main())
