# An asynchronous generator stepped by hand: closed in the middle, exhausted, closed before it began.
import asyncio

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
    items = numbers("a", 3)
    print(await anext(items), await anext(items))
    await items.aclose()
    print(await anext(items, "over"))
    await items.aclose()
    unstarted = numbers("b", 3)
    await unstarted.aclose()
    print(await anext(unstarted, "over"))


asyncio.run(main())
