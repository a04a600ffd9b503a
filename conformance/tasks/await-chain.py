# Tick table: in a chain of tasks, each awaiting the next, the result moves one task per iteration.
import asyncio

from twin import ticks


async def link(number, inner, tick):
    value = await inner if inner else await leaf()
    print("link", number, "got", value, "in", tick())
    return value + 1

async def leaf():
    await asyncio.sleep(0)
    return 0

async def main():
    tick = ticks(asyncio.get_running_loop())
    task = None
    for number in range(5):
        task = asyncio.create_task(link(number, task, tick))
    print("main got", await task, "in", tick())


asyncio.run(main())
