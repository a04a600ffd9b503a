# A body that fails, or is cancelled, gives its permit back.
import asyncio

from twin import show, state


async def main():
    semaphore = asyncio.BoundedSemaphore(2)

    async def worker(error):
        async with semaphore:
            await asyncio.sleep(1)
            if error is not None:
                raise error
            await asyncio.sleep(10)

    tasks = [asyncio.create_task(worker(error)) for error in [ValueError("bad"), None, ValueError("worse")]]
    await asyncio.sleep(1.5)
    print(state(semaphore))
    tasks[1].cancel("enough")
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        print(show(result))
    print(state(semaphore))


asyncio.run(main())
