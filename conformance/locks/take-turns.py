# Fact 113: a task that releases the lock and asks again is behind the one that waits.
import asyncio

from twin import ticks


async def main():
    tick = ticks(asyncio.get_running_loop(), 40)
    lock = asyncio.Lock()

    async def worker(name):
        for i in range(3):
            await lock.acquire()
            print(name, i, "in", tick())
            await asyncio.sleep(0)
            lock.release()

    await asyncio.gather(worker("a"), worker("b"))


asyncio.run(main())
