# Fact 39: through plain awaits the cancellation passes every level, innermost first, in one step.
import asyncio

from twin import ticks


async def level(depth, tick):
    try:
        await (level(depth - 1, tick) if depth else asyncio.sleep(10))
    except asyncio.CancelledError as error:
        print("level", depth, "catches in", tick())
        raise
    finally:
        print("level", depth, "leaves in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    for depth in [0, 1, 3]:
        task = asyncio.create_task(level(depth, tick))
        await asyncio.sleep(0)
        task.cancel()
        print("cancelled in", tick())
        await asyncio.sleep(0)
        print(task.cancelled())


asyncio.run(main())
