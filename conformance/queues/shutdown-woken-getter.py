# A getter that is woken by an item gets it though the queue is shut down in the same iteration; the others are told.
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
    queue.shutdown()
    print(str(queue))
    await asyncio.gather(*tasks)
    immediate = asyncio.Queue()
    other = asyncio.create_task(get("c", immediate, tick))
    await asyncio.sleep(0)
    immediate.put_nowait(1)
    immediate.shutdown(immediate=True)
    await other
    print(str(immediate))


asyncio.run(main())
