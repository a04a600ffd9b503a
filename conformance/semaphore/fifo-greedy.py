# Fact 119: two tasks that acquire and release in a loop take turns.
import asyncio


async def main():
    semaphore = asyncio.Semaphore(1)
    order = []

    async def worker(tag):
        while True:
            await semaphore.acquire()
            order.append(tag)
            await asyncio.sleep(0.01)
            order.append(tag)
            semaphore.release()

    await semaphore.acquire()
    tasks = [asyncio.create_task(worker(tag)) for tag in "AB"]
    await asyncio.sleep(0)
    semaphore.release()
    await asyncio.sleep(0.055)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    print(order)


asyncio.run(main())
