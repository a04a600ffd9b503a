# Fact 96: a cancellation from elsewhere before the deadline stays a CancelledError.
import asyncio

from twin import show


async def work(loop):
    try:
        async with asyncio.timeout(5) as t:
            await asyncio.sleep(10)
    except BaseException as error:
        print(show(error), t.expired(), asyncio.current_task().cancelling(), f"{loop.time():g}")
        raise

async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(work(loop))
    await asyncio.sleep(1)
    task.cancel("foreign")
    await asyncio.wait([task])
    print(task.cancelled())


asyncio.run(main())
