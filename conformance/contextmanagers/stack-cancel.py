# A cancellation while an exit stack is left interrupts one callback; the others are called all the same.
import asyncio
import contextlib

from twin import show


async def slow(name):
    print(name, "begins")
    try:
        await asyncio.sleep(10)
    finally:
        print(name, "ends", f"{asyncio.get_running_loop().time():g}")

async def work():
    async with contextlib.AsyncExitStack() as stack:
        for name in ["a", "b", "c"]:
            stack.push_async_callback(slow, name)
        raise ValueError("body")

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(15)
    task.cancel("hurry")
    try:
        await task
    except asyncio.CancelledError as error:
        print(show(error), task.cancelled())


asyncio.run(main())
