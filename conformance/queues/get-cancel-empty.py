# A woken getter is cancelled after somebody else took the item: there is nothing to pass on.
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
    tasks = [asyncio.create_task(get("a", queue, tick)), asyncio.create_task(get("b", queue, tick))]
    await asyncio.sleep(0)
    queue.put_nowait(1)
    tasks[0].cancel()
    print(queue.get_nowait(), str(queue))
    await asyncio.sleep(0)
    print(tasks[0].done(), tasks[1].done(), str(queue))
    queue.put_nowait(2)
    await asyncio.gather(*tasks)


asyncio.run(main())
