# Two getters are woken and somebody takes one item before they run: the loser waits again, at the end.
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
    queue.put_nowait(1)
    queue.put_nowait(2)
    print(queue.get_nowait(), str(queue))
    await asyncio.sleep(0)
    print(str(queue), "in", tick())
    for i in range(2):
        queue.put_nowait("again")
        print(i, str(queue))
    await asyncio.gather(*tasks)


asyncio.run(main())
