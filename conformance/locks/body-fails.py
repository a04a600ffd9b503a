# A body that fails, or is cancelled, releases the lock.
import asyncio

from twin import show, state


async def main():
    lock = asyncio.Lock()

    async def worker(error):
        async with lock:
            await asyncio.sleep(0)
            if error is not None:
                raise error
            await asyncio.sleep(1)

    tasks = [asyncio.create_task(worker(error)) for error in [ValueError("bad"), None, RuntimeError("worse")]]
    await asyncio.sleep(0.5)
    print(state(lock))
    tasks[1].cancel("enough")
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        print(show(result))
    print(state(lock))


asyncio.run(main())
