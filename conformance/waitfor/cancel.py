# Fact 82: cancelling wait_for() cancels what it waits for, and waits for its clean-up.
import asyncio

from twin import show


async def work():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        await asyncio.sleep(1)
        print("cleaned up", show(error))
        raise

async def caller(awaited, timeout):
    return await asyncio.wait_for(awaited, timeout)

async def main():
    loop = asyncio.get_running_loop()
    for timeout in [5, None]:
        inner = asyncio.create_task(work())
        for awaited in [inner, work()]:
            task = asyncio.create_task(caller(awaited, timeout))
            await asyncio.sleep(1)
            task.cancel("stop")
            try:
                await task
            except asyncio.CancelledError as error:
                print(show(error), task.cancelled(), f"{loop.time():g}")
        print(inner.cancelled())


asyncio.run(main())
