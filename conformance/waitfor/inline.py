# Tick table: wait_for() awaits a coroutine in the caller's own task, without an extra task or turn.
import asyncio

from twin import ticks


async def nested(depth):
    if depth:
        return await asyncio.wait_for(nested(depth - 1), 10)
    await asyncio.sleep(0)
    return asyncio.current_task().get_name()

async def main():
    asyncio.current_task().set_name("main")
    tick = ticks(asyncio.get_running_loop())
    for depth in [0, 1, 5]:
        before = tick()
        print(depth, await nested(depth), len(asyncio.all_tasks()), "took", tick() - before)
    try:
        await asyncio.wait_for(asyncio.wait_for(asyncio.sleep(10), 1), 5)
    except TimeoutError:
        print("inner", f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
