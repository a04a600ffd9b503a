# A task that is cancelled twice while it waits stands in the line only once.
import asyncio

from twin import show, ticks


async def stubborn(queue, tick):
    for i in range(3):
        try:
            print("got", await queue.get(), "in", tick())
        except asyncio.CancelledError as error:
            print(i, show(error), str(queue), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue()
    task = asyncio.create_task(stubborn(queue, tick))
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.sleep(0)
    print(str(queue))
    queue.put_nowait("x")
    task.cancel()
    await asyncio.sleep(0)
    print(str(queue))
    await task
    print(str(queue), "in", tick())


asyncio.run(main())
