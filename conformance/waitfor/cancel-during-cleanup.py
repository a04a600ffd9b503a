# The caller of wait_for() is cancelled while what has timed out cleans up: the clean-up is interrupted.
import asyncio

from twin import show


async def work(loop):
    try:
        await asyncio.sleep(10)
    finally:
        try:
            await asyncio.sleep(5)
            print("cleaned up", f"{loop.time():g}")
        except asyncio.CancelledError as error:
            print("clean-up interrupted", show(error), f"{loop.time():g}")
            raise

async def caller(make, loop):
    try:
        await asyncio.wait_for(make(loop), 1)
    except BaseException as error:
        print("caller", type(error).__name__, asyncio.current_task().cancelling(), f"{loop.time():g}")
        raise

async def main():
    loop = asyncio.get_running_loop()
    for make in [work, lambda loop: asyncio.create_task(work(loop))]:
        task = asyncio.create_task(caller(make, loop))
        await asyncio.sleep(2)
        task.cancel("enough")
        await asyncio.wait([task])
        print(task.cancelled(), f"{loop.time():g}")


asyncio.run(main())
