# Fact 114: cancelling a waiter and releasing in one iteration locks exactly once.
import asyncio


async def main():
    lock = asyncio.Lock()
    count = 0

    async def worker():
        nonlocal count
        await lock.acquire()
        count += 1

    await lock.acquire()
    first = asyncio.create_task(worker())
    second = asyncio.create_task(worker())
    await asyncio.sleep(0)

    def trigger():
        first.cancel()
        lock.release()

    asyncio.get_running_loop().call_soon(trigger)
    try:
        await first
    except asyncio.CancelledError:
        print("first cancelled", count)
    await second
    print(count, lock.locked(), first.cancelled(), second.done())


asyncio.run(main())
