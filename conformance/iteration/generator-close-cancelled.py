# A cancellation while the generator is being closed interrupts its cleanup.
import asyncio
import contextlib

from twin import show


async def numbers(name, count, delay=1):
    try:
        for i in range(count):
            await asyncio.sleep(delay)
            yield i
    except asyncio.CancelledError as error:
        print(name, "saw", show(error))
        raise
    finally:
        await asyncio.sleep(1)
        print(name, "closed", f"{asyncio.get_running_loop().time():g}")

async def consume():
    async with contextlib.aclosing(numbers("a", 9, 0)) as items:
        async for item in items:
            print(item)
            if item == 1:
                break

async def main():
    task = asyncio.create_task(consume())
    await asyncio.sleep(0.5)
    task.cancel("hurry")
    try:
        await task
    except asyncio.CancelledError as error:
        print(show(error), task.cancelled(), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
