# Tick table: all who wait for one task wake in the same iteration, in the order in which they began to wait.
import asyncio

from twin import ticks


async def work():
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return "value"

async def awaiter(name, task, tick):
    task.add_done_callback(lambda t: print(name, "callback"))
    print(name, await task, "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    task = asyncio.create_task(work())
    awaiters = [asyncio.create_task(awaiter(name, task, tick)) for name in "abc"]
    print("main", await task, "in", tick())
    print([one.done() for one in awaiters])
    for one in awaiters:
        await one
    print("main in", tick())


asyncio.run(main())
