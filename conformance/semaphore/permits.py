# A semaphore lets in as many as it has permits, the others in the order of arrival.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    semaphore = asyncio.Semaphore(2)

    async def worker(name):
        print(name, await semaphore.acquire(), state(semaphore), "in", tick())
        await asyncio.sleep(0)
        semaphore.release()
        print(name, "released", state(semaphore), "in", tick())

    await asyncio.gather(*[worker(name) for name in "abcde"])
    print(state(semaphore), semaphore.locked())


asyncio.run(main())
