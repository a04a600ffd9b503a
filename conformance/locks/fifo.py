# Fact 113: a lock is handed over in the order of arrival; a waiter goes on in the iteration after the release.
import asyncio

from twin import ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    lock = asyncio.Lock()

    async def worker(name):
        print(name, await lock.acquire(), "in", tick())
        await asyncio.sleep(0)
        lock.release()
        print(name, "released", lock.locked(), "in", tick())

    await asyncio.gather(*[worker(name) for name in "abcd"])
    print(lock.locked())


asyncio.run(main())
