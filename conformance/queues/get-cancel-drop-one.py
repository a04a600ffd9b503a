# Fact 123: the only getter is woken and then cancelled: the item stays (test_get_cancel_drop_one_pending_reader).
import asyncio

from twin import show, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue()
    reader = asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    queue.put_nowait(1)
    queue.put_nowait(2)
    reader.cancel()
    try:
        await reader
    except asyncio.CancelledError as error:
        print(show(error), "in", tick())
    print(str(queue))
    print(await asyncio.create_task(queue.get()), str(queue), "in", tick())


asyncio.run(main())
