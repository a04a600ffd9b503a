# Fact 88: cancelling a gather cancels every child that is pending; once all children are done it returns False.
import asyncio

from twin import show, ticks


async def child(name, delay):
    try:
        await asyncio.sleep(delay)
        return name
    except asyncio.CancelledError as error:
        print(name, "cancelled", show(error))
        raise

async def main():
    tick = ticks(asyncio.get_running_loop())
    tasks = [asyncio.create_task(child(name, delay)) for name, delay in [["a", 0], ["b", 10], ["c", 10]]]
    outer = asyncio.gather(*tasks)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(outer.cancel("all of you"), outer.done(), "in", tick())
    try:
        await outer
    except asyncio.CancelledError as error:
        print(show(error), outer.cancelled(), "in", tick())
    print([task.cancelled() for task in tasks], outer.cancel())

    finished = asyncio.gather(asyncio.sleep(0, "x"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(finished.cancel(), finished.done())
    print(await finished)


asyncio.run(main())
