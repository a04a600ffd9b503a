# Fact 123: a cancelled putter has put nothing and keeps nobody waiting (test_put_cancelled_race).
import asyncio

from twin import show, ticks


async def put(name, queue, item, tick):
    try:
        await queue.put(item)
        print(name, "put", item, "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue(1)
    tasks = [asyncio.create_task(put("a", queue, 1, tick)), asyncio.create_task(put("b", queue, 2, tick)), asyncio.create_task(put("c", queue, 3, tick))]
    await asyncio.sleep(0)
    tasks[2].cancel()
    await asyncio.sleep(0)
    print([task.done() for task in tasks], str(queue))
    print(queue.get_nowait())
    await asyncio.sleep(0)
    print(queue.get_nowait(), str(queue), "in", tick())


asyncio.run(main())
