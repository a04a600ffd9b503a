# An asynchronous generator is closed when its loop is broken off, and its cleanup is waited for.
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
    async with contextlib.aclosing(numbers("a", 5)) as items:
        async for item in items:
            print(item)
            if item == 2:
                break
    print("after")
    async with contextlib.aclosing(numbers("b", 2)) as items:
        async for item in items:
            print(item)
    print("after")


asyncio.run(main())
