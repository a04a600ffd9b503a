# Tick table: a future resolved by another future's callback reaches its waiter one iteration later per link.
import asyncio

from twin import ticks


async def waiter(name, future, tick):
    print(name, await future, "in", tick())

async def main():
    loop = asyncio.get_running_loop()
    tick = ticks(loop)
    futures = [loop.create_future() for _ in range(4)]
    for i in range(3):
        futures[i].add_done_callback(lambda f, i=i: futures[i + 1].set_result(f.result() + 1))
    tasks = [asyncio.create_task(waiter(i, futures[i], tick)) for i in range(4)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("setting in", tick())
    futures[0].set_result(10)
    for i in [3, 2, 1, 0]:
        await tasks[i]
        print("main saw", i, "in", tick())


asyncio.run(main())
