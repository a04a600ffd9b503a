# Cancel in the tick in which the child finished: the parent is cancelled, the child keeps its result.
import asyncio

from twin import show, ticks


async def child(tick):
    await asyncio.sleep(0)
    print("child returns in", tick())
    return "value"

async def parent(task, tick):
    try:
        print("parent got", await task)
    except asyncio.CancelledError as error:
        print("parent", show(error), "in", tick(), task.result())
        raise

async def main():
    tick = ticks(asyncio.get_running_loop())
    inner = asyncio.create_task(child(tick))
    outer = asyncio.create_task(parent(inner, tick))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(inner.done(), outer.done(), outer.cancel("same tick"), "in", tick())
    await asyncio.wait([outer])
    print(inner.cancelled(), outer.cancelled(), "in", tick())


asyncio.run(main())
