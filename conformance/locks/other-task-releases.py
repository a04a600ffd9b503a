# As in asyncio a lock does not belong to the task that acquired it.
import asyncio

from twin import state


async def main():
    lock = asyncio.Lock()

    async def acquire():
        await lock.acquire()
        print("acquired")

    async def release():
        lock.release()
        print("released", state(lock))

    for _ in range(2):
        await asyncio.create_task(acquire())
        print(state(lock))
        await asyncio.create_task(release())


asyncio.run(main())
