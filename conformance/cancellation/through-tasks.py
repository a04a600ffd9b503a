# Fact 39: a cancellation flows from the outer task through awaited tasks to the leaf, and back one task per
# iteration.
import asyncio

from twin import show, ticks


async def link(number, inner, tick):
    try:
        await (inner or asyncio.get_running_loop().create_future())
    except asyncio.CancelledError as error:
        print("link", number, show(error), "in", tick())
        raise

async def main():
    tick = ticks(asyncio.get_running_loop())
    tasks = []
    for number in range(4):
        tasks.append(asyncio.create_task(link(number, tasks[-1] if tasks else None, tick)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks[-1].cancel("from above")
    print("cancelled in", tick(), [task.cancelling() for task in tasks])
    try:
        await tasks[-1]
    except asyncio.CancelledError as error:
        print("main", show(error), "in", tick(), [task.cancelled() for task in tasks])


asyncio.run(main())
