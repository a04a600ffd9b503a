# Fact 114: the first, the middle or the last of those that wait is cancelled; the others keep their order.
import asyncio

from twin import state


async def main():
    for victim in [0, 2, 4]:
        lock = asyncio.Lock()
        order = []

        async def worker(name):
            async with lock:
                order.append(name)
                await asyncio.sleep(0)

        await lock.acquire()
        tasks = [asyncio.create_task(worker(name)) for name in "abcde"]
        await asyncio.sleep(0)
        tasks[victim].cancel()
        print(state(lock))
        await asyncio.sleep(0)
        print(state(lock))
        lock.release()
        await asyncio.wait(tasks)
        print(order, state(lock))


asyncio.run(main())
