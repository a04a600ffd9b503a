# Tick table: set_result() at k wakes the waiting tasks at k+1, in the order in which they began to wait.
import asyncio

from twin import ticks


async def waiter(name, future, tick, turns):
    for _ in range(turns):
        await asyncio.sleep(0)
    print(name, "waits in", tick())
    print(name, "got", await future, "in", tick())

async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    tick = ticks(loop)
    tasks = [asyncio.create_task(waiter(name, future, tick, turns)) for name, turns in [["a", 2], ["b", 0], ["c", 1]]]
    for _ in range(4):
        await asyncio.sleep(0)
    future.add_done_callback(lambda f: print("callback in", tick()))
    print("setting in", tick())
    future.set_result("value")
    for task in tasks:
        await task
    print("main in", tick())


asyncio.run(main())
