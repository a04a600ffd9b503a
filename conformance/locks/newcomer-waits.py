# Fact 113: between the release and the next holder's step the lock is unlocked, but a newcomer does not get it.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    lock = asyncio.Lock()

    async def worker(name):
        async with lock:
            print(name, "in", tick())

    await lock.acquire()
    first = asyncio.create_task(worker("first"))
    await asyncio.sleep(0)
    lock.release()
    print(lock.locked(), state(lock))
    await worker("newcomer")
    await first
    print(state(lock))


asyncio.run(main())
