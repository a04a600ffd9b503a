# Each woken getter is cancelled before it runs: the wake-up wanders to the last one.
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
    tasks = [asyncio.create_task(get("a", queue, tick)), asyncio.create_task(get("b", queue, tick)), asyncio.create_task(get("c", queue, tick))]
    await asyncio.sleep(0)
    queue.put_nowait("x")
    tasks[0].cancel()
    await asyncio.sleep(0)
    tasks[1].cancel()
    print(str(queue), "in", tick())
    await asyncio.gather(*tasks)
    print(str(queue), "in", tick())


asyncio.run(main())
