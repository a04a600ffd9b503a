# A hand-made queue over futures: which item is put and got in which iteration.
import asyncio

from twin import ticks


async def producer(items, waiters, tick):
    for item in range(5):
        items.append(item)
        print("put", item, "in", tick())
        if waiters:
            waiters.pop(0).set_result(None)
        if item % 2:
            await asyncio.sleep(0)

async def consumer(name, items, waiters, tick, count):
    for _ in range(count):
        while not items:
            waiter = asyncio.get_running_loop().create_future()
            waiters.append(waiter)
            await waiter
        print(name, "got", items.pop(0), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    items, waiters = [], []
    await asyncio.gather(
        consumer("a", items, waiters, tick, 3),
        producer(items, waiters, tick),
        consumer("b", items, waiters, tick, 2))
    print("end in", tick(), items)


asyncio.run(main())
