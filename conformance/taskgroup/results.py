# A group waits for its children, those that a child adds while it is exiting included; the last end at k, out at
# k+2.
import asyncio

from twin import ticks


async def child(group, depth, tick):
    await asyncio.sleep(0)
    print("child", depth, "in", tick())
    if depth:
        group.create_task(child(group, depth - 1, tick))
    return depth

async def main():
    tick = ticks(asyncio.get_running_loop())
    async with asyncio.TaskGroup() as group:
        a = group.create_task(child(group, 0, tick), name="a")
        b = group.create_task(child(group, 2, tick))
        print("body ends in", tick(), a.get_name())
    print("out in", tick(), a.result(), b.result())
    async with asyncio.TaskGroup() as group:
        pass
    print("an empty group takes no turn", tick())
    async with asyncio.TaskGroup() as group:
        c = group.create_task(child(group, 0, tick))
        print(await c, "in", tick())
    print("out in", tick())


asyncio.run(main())
