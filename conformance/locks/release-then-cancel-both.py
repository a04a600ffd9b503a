# Fact 114: the lock is released, then both that wait are cancelled: it stays free.
import asyncio

from twin import state


async def main():
    lock = asyncio.Lock()

    async def worker(name):
        try:
            await lock.acquire()
        except asyncio.CancelledError:
            print(name, "cancelled", state(lock))
            raise

    await lock.acquire()
    tasks = [asyncio.create_task(worker(name)) for name in "ab"]
    await asyncio.sleep(0)
    lock.release()
    tasks[1].cancel()
    tasks[0].cancel()
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(lock))
    print(await lock.acquire())


asyncio.run(main())
