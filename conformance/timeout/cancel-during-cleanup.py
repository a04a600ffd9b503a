# A foreign cancellation while the body cleans up after the deadline: the CancelledError comes out, nothing is
# converted.
import asyncio

from twin import show


async def work(loop):
    try:
        async with asyncio.timeout(1) as t:
            try:
                await asyncio.sleep(10)
            finally:
                print("cleaning up", asyncio.current_task().cancelling(), f"{loop.time():g}")
                await asyncio.sleep(5)
    except BaseException as error:
        print(type(error).__name__, t.expired(), asyncio.current_task().cancelling(), f"{loop.time():g}")
        raise

async def main():
    loop = asyncio.get_running_loop()
    for delay in [2, 20]:
        task = asyncio.create_task(work(loop))
        handle = loop.call_later(delay, task.cancel)
        await asyncio.wait([task])
        handle.cancel()
        print(task.cancelled(), task.cancelling())
        if not task.cancelled():
            print(show(task.exception()))


asyncio.run(main())
