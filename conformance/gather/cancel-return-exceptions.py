# Fact 89: a cancelled gather raises CancelledError even with return_exceptions, after its children ended.
import asyncio

from twin import show


async def child(name, cleanup):
    try:
        await asyncio.sleep(10)
    finally:
        await asyncio.sleep(cleanup)
        print(name, "left at", f"{asyncio.get_running_loop().time():g}")

async def parent():
    return await asyncio.gather(child("a", 2), child("b", 1), return_exceptions=True)

async def main():
    task = asyncio.create_task(parent())
    await asyncio.sleep(1)
    task.cancel("stop")
    try:
        print(await task)
    except asyncio.CancelledError as error:
        print(show(error), task.cancelled(), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
