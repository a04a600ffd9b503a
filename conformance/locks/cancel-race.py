# Fact 114: of several waiters the woken one is cancelled while newcomers queue; nobody hangs.
import asyncio

from twin import state


async def main():
    lock = asyncio.Lock()

    async def worker(name):
        async with lock:
            print(name)
            await asyncio.sleep(0)
            await asyncio.sleep(0)

    async def canceller():
        for task in tasks[1:3]:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            task.cancel()
        tasks.append(asyncio.create_task(worker("late")))

    tasks = [asyncio.create_task(worker(name)) for name in "abcd"]
    await asyncio.gather(canceller())
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(lock))


asyncio.run(main())
