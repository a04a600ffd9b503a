# Fact 120: newcomers queue behind cancelled waiters while there are permits; they are let in when these have left.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    semaphore = asyncio.Semaphore(1)

    async def worker(name):
        try:
            await semaphore.acquire()
            print(name, state(semaphore), "in", tick())
        except asyncio.CancelledError:
            print(name, "cancelled", state(semaphore), "in", tick())
            raise

    await semaphore.acquire()
    tasks = [asyncio.create_task(worker(name)) for name in "ab"]
    await asyncio.sleep(0)
    semaphore.release()
    semaphore.release()
    semaphore.release()
    for task in tasks:
        task.cancel()
    print(state(semaphore), semaphore.locked())
    newcomers = [asyncio.create_task(worker(name)) for name in "xyz"]
    await asyncio.wait([*tasks, *newcomers])
    print(state(semaphore), semaphore.locked())


asyncio.run(main())
