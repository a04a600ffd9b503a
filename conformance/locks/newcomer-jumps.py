# Fact 113: when all that wait are cancelled, a newcomer gets the lock before they have left.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    lock = asyncio.Lock()

    async def worker(name):
        try:
            async with lock:
                print(name, "in", tick())
        except asyncio.CancelledError:
            print(name, "cancelled in", tick())

    await lock.acquire()
    tasks = [asyncio.create_task(worker(name)) for name in "ab"]
    await asyncio.sleep(0)
    tasks[0].cancel()
    lock.release()
    print(state(lock))
    tasks[1].cancel()
    await worker("newcomer")
    print(state(lock))
    await asyncio.gather(*tasks)
    print(state(lock))


asyncio.run(main())
