# Fact 100: after a swallowed cancellation, which still counts, a new timeout works.
import asyncio


async def work(loop):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("swallowed", asyncio.current_task().cancelling(), f"{loop.time():g}")
    try:
        async with asyncio.timeout(1):
            await asyncio.sleep(10)
    except TimeoutError as error:
        print(type(error).__name__, asyncio.current_task().cancelling(), f"{loop.time():g}")
    return "done"

async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(work(loop))
    await asyncio.sleep(1)
    task.cancel()
    print(await task, task.cancelled(), task.cancelling())


asyncio.run(main())
