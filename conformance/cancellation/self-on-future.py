# Fact 36: self-cancel, then an await of a pending future: that future is cancelled, even when it was about to be
# set.
import asyncio

from twin import show, ticks


async def work(future, tick):
    asyncio.current_task().cancel("myself")
    try:
        await future
    except asyncio.CancelledError as error:
        print(show(error), future.cancelled(), "in", tick())
        raise

async def main():
    loop = asyncio.get_running_loop()
    tick = ticks(loop)
    future = loop.create_future()
    task = asyncio.create_task(work(future, tick))
    loop.call_soon(lambda: print("set", None if future.done() else future.set_result(1), "in", tick()))
    try:
        await task
    except asyncio.CancelledError as error:
        print("main", show(error), task.cancelled(), "in", tick())


asyncio.run(main())
