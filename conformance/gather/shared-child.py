# A task in two gathers: cancelling one gather cancels the task, and so the other gather fails with CancelledError.
import asyncio

from twin import show


async def child(delay):
    await asyncio.sleep(delay)
    return delay

async def main():
    shared, own = asyncio.create_task(child(5)), asyncio.create_task(child(3))
    one = asyncio.gather(shared)
    two = asyncio.gather(asyncio.gather(shared, own), child(1))
    await asyncio.sleep(2)
    one.cancel()
    for name, gathered in [["one", one], ["two", two]]:
        try:
            print(name, await gathered)
        except asyncio.CancelledError as error:
            print(name, show(error), gathered.cancelled())
    print(shared.cancelled(), await own, f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
