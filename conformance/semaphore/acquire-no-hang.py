# Fact 120: the woken waiter is cancelled while two more wait; both get in.
import asyncio

from twin import state


async def main():
    semaphore = asyncio.Semaphore(1)

    async def worker(name, delay):
        async with semaphore:
            print(name, state(semaphore))
            await asyncio.sleep(delay)

    tasks = [asyncio.create_task(worker(name, delay)) for name, delay in [("a", 1), ("b", 0), ("c", 0), ("d", 0)]]

    def meddle():
        tasks[1].cancel()
        tasks[2].cancel()

    asyncio.get_running_loop().call_later(1, meddle)
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(semaphore))


asyncio.run(main())
