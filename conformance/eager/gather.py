# Fact 68: a gather of children that are done at once takes no turn of the loop.
import asyncio

from twin import ticks


async def tree(depth):
    if depth == 0:
        return 1
    children = [asyncio.create_task(tree(depth - 1), eager_start=True) for _ in range(2)]
    return sum(await asyncio.gather(*children))

async def main():
    tick = ticks(asyncio.get_running_loop())
    for depth in [0, 1, 3]:
        task = asyncio.create_task(tree(depth), eager_start=True)
        print(depth, task.done(), "in", tick())
        print(await task, "in", tick())


asyncio.run(main())
