# Fact 119: several permits in one iteration wake several, in order; what nobody wants is left.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    semaphore = asyncio.Semaphore(0)

    async def worker(name):
        await semaphore.acquire()
        print(name, state(semaphore), "in", tick())

    tasks = [asyncio.create_task(worker(name)) for name in "abcd"]
    await asyncio.sleep(0)
    for _ in range(2):
        semaphore.release()
    print(state(semaphore), "in", tick())
    await asyncio.sleep(0)
    tasks[2].cancel()
    for _ in range(3):
        semaphore.release()
    print(state(semaphore), "in", tick())
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(semaphore))


asyncio.run(main())
