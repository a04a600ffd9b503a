# A waiter that is cancelled, catches it and asks again is at the end of the queue.
import asyncio

from twin import show, state


async def main():
    lock = asyncio.Lock()

    async def worker(name):
        while True:
            try:
                await lock.acquire()
                break
            except asyncio.CancelledError as error:
                print(name, show(error))
        print(name, "has it")
        lock.release()

    await lock.acquire()
    tasks = [asyncio.create_task(worker(name)) for name in "abc"]
    await asyncio.sleep(0)
    tasks[0].cancel("once")
    await asyncio.sleep(0)
    tasks[1].cancel("and this")
    lock.release()
    await asyncio.gather(*tasks)
    print(state(lock), [task.cancelling() for task in tasks])


asyncio.run(main())
