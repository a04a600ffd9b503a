# Fact 119: a waiter is cancelled when the permit comes; those behind it keep their order.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    semaphore = asyncio.Semaphore(1)

    async def worker(name):
        try:
            await semaphore.acquire()
        except asyncio.CancelledError:
            print(name, "cancelled", state(semaphore), "in", tick())
            raise
        print(name, "has it", state(semaphore), "in", tick())
        await asyncio.sleep(0)
        semaphore.release()

    await semaphore.acquire()
    tasks = [asyncio.create_task(worker(name)) for name in "abc"]
    await asyncio.sleep(0)
    tasks[0].cancel()
    semaphore.release()
    print(state(semaphore), "in", tick())
    tasks.append(asyncio.create_task(worker("late")))
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(semaphore))


asyncio.run(main())
