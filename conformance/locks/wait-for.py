# A lock that is waited for with a timeout: the waiter that timed out is out of the queue.
import asyncio

from twin import show, state


async def main():
    loop = asyncio.get_running_loop()
    lock = asyncio.Lock()

    async def worker(name, patience):
        try:
            await asyncio.wait_for(lock.acquire(), patience)
            print(name, "has it at", loop.time())
            lock.release()
        except asyncio.TimeoutError as error:
            print(name, show(error), state(lock), "at", loop.time())

    await lock.acquire()
    tasks = [asyncio.create_task(worker(name, patience)) for name, patience in [("a", 1), ("b", 5), ("c", 2), ("d", 3)]]
    await asyncio.sleep(3)
    lock.release()
    await asyncio.gather(*tasks)
    print(state(lock))


asyncio.run(main())
