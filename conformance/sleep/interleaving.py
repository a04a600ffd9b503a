# Tick table: tasks that loop on sleep(0) take turns in a fixed order, however deep the sleep is awaited.
import asyncio

from twin import ticks


async def pause(depth):
    await (pause(depth - 1) if depth else asyncio.sleep(0))

async def worker(name, depth, steps, tick):
    for step in range(steps):
        print(f"{name}{step}", "in", tick())
        await pause(depth)
    return name

async def main():
    tick = ticks(asyncio.get_running_loop())
    tasks = [asyncio.create_task(worker(name, depth, steps, tick)) for name, depth, steps in
             [["a", 0, 3], ["b", 5, 4], ["c", 1, 2]]]
    for task in tasks:
        print(await task, "ended, seen in", tick())


asyncio.run(main())
