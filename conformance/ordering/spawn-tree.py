# Tasks that make tasks: breadth first, one level per iteration; results come back one level per iteration.
import asyncio

from twin import ticks


async def node(name, depth, tick):
    print(name, "starts in", tick())
    if depth:
        children = [asyncio.create_task(node(name + side, depth - 1, tick)) for side in "lr"]
        for child in children:
            await child
    print(name, "ends in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    await node("x", 2, tick)


asyncio.run(main())
