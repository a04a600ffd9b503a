# Fact 114: each of several waiters is cancelled in the iteration in which it was woken; the last one gets the lock.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    lock = asyncio.Lock()

    async def worker(name):
        await lock.acquire()
        print(name, "has it in", tick())
        lock.release()

    await lock.acquire()
    tasks = [asyncio.create_task(worker(name)) for name in "abcd"]
    await asyncio.sleep(0)
    lock.release()
    for task in tasks[:3]:
        task.cancel()
        await asyncio.sleep(0)
        print(state(lock), "in", tick())
    await tasks[3]
    print([task.cancelled() for task in tasks], state(lock))


asyncio.run(main())
