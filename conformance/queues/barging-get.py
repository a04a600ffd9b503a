# A get() between a getter's wake-up and its step takes the item; the woken one goes to the end of the line.
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
    print("main got", await queue.get(), str(queue), "in", tick())
    await asyncio.sleep(0)
    print(str(queue), "in", tick())
    queue.put_nowait(2)
    await asyncio.sleep(0)
    queue.put_nowait(3)
    await asyncio.gather(*tasks)


asyncio.run(main())
