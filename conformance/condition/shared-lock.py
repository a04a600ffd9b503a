# Two conditions on one lock: notifications are apart, the lock is the same.
import asyncio

from twin import state


async def main():
    lock = asyncio.Lock()
    full, empty = asyncio.Condition(lock), asyncio.Condition(lock)
    items = []

    async def producer():
        for item in range(3):
            async with lock:
                await empty.wait_for(lambda: not items)
                items.append(item)
                print("put", item, state(full), "|", state(empty))
                full.notify()

    async def consumer():
        for _ in range(3):
            async with full:
                await full.wait_for(lambda: items)
                print("got", items.pop(), lock.locked(), full.locked(), empty.locked())
                empty.notify()

    await asyncio.gather(consumer(), producer())
    print(state(lock))


asyncio.run(main())
