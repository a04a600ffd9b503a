# An error of the body closes the asynchronous generator, and comes out after that.
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

async def main():
    try:
        async with contextlib.aclosing(numbers("a", 5)) as items:
            async for item in items:
                if item == 1:
                    raise ValueError("body")
    except ValueError as error:
        print(show(error), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
