# A cancelled parent whose child swallows the cancellation gets the child's value and is not cancelled.
import asyncio

from twin import show


async def child(how):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        if how == "raises":
            raise ValueError("instead")
        return f"child {how}"

async def parent(how):
    return await asyncio.create_task(child(how))

async def main():
    for how in ["returns", "raises"]:
        task = asyncio.create_task(parent(how))
        await asyncio.sleep(1)
        task.cancel()
        try:
            print(await task, task.cancelled(), task.cancelling())
        except ValueError as error:
            print(show(error), task.cancelled(), task.cancelling())


asyncio.run(main())
