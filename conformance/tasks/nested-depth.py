# Tick table: awaiting a coroutine runs inside the caller's step, so depth costs no iteration.
import asyncio

from twin import ticks


async def nested(depth, name, tick):
    if depth:
        return await nested(depth - 1, name, tick) + 1
    print(name, "leaf in", tick())
    await asyncio.sleep(0)
    print(name, "leaf again in", tick())
    return 0

async def no_wait(depth):
    return await no_wait(depth - 1) + 1 if depth else 0

async def work(depth, tick):
    print("depth", await nested(depth, f"d{depth}", tick), "in", tick())
    print("depth", await no_wait(depth), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    tasks = [asyncio.create_task(work(depth, tick)) for depth in [5, 0, 1, 20]]
    for task in tasks:
        await task


asyncio.run(main())
