# A cancellation reaches an asynchronous generator that waits for its next item; in the body it only closes it.
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

async def consume(name, item_delay, body_delay):
    async with contextlib.aclosing(numbers(name, 9, item_delay)) as items:
        async for item in items:
            print(item)
            await asyncio.sleep(body_delay)

async def main():
    for name, item_delay, body_delay in [["a", 2, 0], ["b", 0, 2]]:
        task = asyncio.create_task(consume(name, item_delay, body_delay))
        await asyncio.sleep(5)
        task.cancel("enough")
        try:
            await task
        except asyncio.CancelledError as error:
            print(show(error), task.cancelled(), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
