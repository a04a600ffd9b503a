# Fact 120: a waiter is cancelled together with the release, and a newcomer asks meanwhile; it does not hang.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    semaphore = asyncio.Semaphore(1)

    async def first():
        await semaphore.acquire()
        print("first in", tick())
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.sleep(0)
        semaphore.release()

    async def second():
        await semaphore.acquire()
        print("never")

    holder = asyncio.create_task(first())
    task = asyncio.create_task(second())
    await asyncio.wait([holder, task])
    print(task.cancelled(), state(semaphore))
    print(await asyncio.wait_for(semaphore.acquire(), 1), state(semaphore))


asyncio.run(main())
