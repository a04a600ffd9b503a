# Fact 123: a woken putter that is cancelled has put nothing (test_put_cancel_drop).
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
    queue.put_nowait(1)
    writer = asyncio.create_task(put("a", queue, 2, tick))
    await asyncio.sleep(0)
    print(queue.get_nowait())
    writer.cancel()
    await writer
    print(str(queue), "in", tick())
    again = asyncio.create_task(put("again", queue, 2, tick))
    await again
    print(queue.get_nowait(), queue.qsize())


asyncio.run(main())
