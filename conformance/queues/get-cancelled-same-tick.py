# A getter is cancelled and an item is put in one iteration: the item goes to the next getter.
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
    tasks[0].cancel()
    queue.put_nowait(1)
    print(str(queue))
    await asyncio.gather(*tasks)
    print(str(queue), "in", tick())


asyncio.run(main())
