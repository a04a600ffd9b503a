# Fact 114: the first waiter is cancelled, then the lock released in the same iteration: the second gets it one iteration later.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    lock = asyncio.Lock()

    async def worker(name):
        try:
            await lock.acquire()
        except asyncio.CancelledError:
            print(name, "cancelled", state(lock), "in", tick())
            raise
        print(name, "has it", state(lock), "in", tick())

    await lock.acquire()
    tasks = [asyncio.create_task(worker(name)) for name in "ab"]
    await asyncio.sleep(0)
    tasks[0].cancel()
    lock.release()
    print(state(lock), "in", tick())
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(lock))


asyncio.run(main())
