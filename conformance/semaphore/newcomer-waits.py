# Fact 119: a newcomer waits although there is a permit, when others wait already.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    semaphore = asyncio.Semaphore(0)

    async def worker(name):
        await semaphore.acquire()
        print(name, state(semaphore), "in", tick())

    first = asyncio.create_task(worker("first"))
    await asyncio.sleep(0)
    semaphore.release()
    semaphore.release()
    print(state(semaphore), semaphore.locked())
    await worker("newcomer")
    await first
    print(state(semaphore), semaphore.locked())


asyncio.run(main())
