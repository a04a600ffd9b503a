# A clean-up may await; a second cancellation interrupts it.
import asyncio

from twin import show


async def work(loop):
    try:
        await asyncio.sleep(10)
    finally:
        print("cleaning up", f"{loop.time():g}")
        try:
            await asyncio.sleep(5)
            print("cleaned up", f"{loop.time():g}")
        except asyncio.CancelledError as error:
            print("clean-up interrupted", show(error), f"{loop.time():g}")
            raise

async def main():
    loop = asyncio.get_running_loop()
    for delays in [[1], [1, 2]]:
        task = asyncio.create_task(work(loop))
        for delay in delays:
            loop.call_later(delay, task.cancel, f"after {delay}")
        try:
            await task
        except asyncio.CancelledError as error:
            print("main", show(error), task.cancelling(), f"{loop.time():g}")


asyncio.run(main())
