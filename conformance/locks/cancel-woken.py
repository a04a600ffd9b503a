# Fact 114: a waiter that is cancelled after it was woken, before it goes on, hands the lock to the next.
import asyncio

from twin import show, state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    lock = asyncio.Lock()

    async def worker(name):
        try:
            await lock.acquire()
        except asyncio.CancelledError as error:
            print(name, show(error), state(lock), "in", tick())
            raise
        print(name, "has it in", tick())
        lock.release()

    await lock.acquire()
    tasks = [asyncio.create_task(worker(name)) for name in "abc"]
    await asyncio.sleep(0)
    lock.release()
    print(tasks[0].cancel("too late"), state(lock))
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(lock))


asyncio.run(main())
