# Tick table: every gather between a leaf and the root costs two iterations; nested results keep their shape.
import asyncio

from twin import ticks


async def tree(depth, tick):
    if depth == 0:
        await asyncio.sleep(0)
        return 1
    result = await asyncio.gather(tree(depth - 1, tick), tree(0, tick))
    print("depth", depth, "in", tick())
    return result

async def main():
    tick = ticks(asyncio.get_running_loop())
    print(await tree(3, tick), "in", tick())


asyncio.run(main())
