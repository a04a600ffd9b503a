# read(n) waits for the first bytes, and goes on one iteration after they came.
import asyncio

from twin import show, text, ticks


async def read(name, coroutine, tick):
    try:
        print(name, text(await coroutine), "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())


async def main():
    tick = ticks(asyncio.get_running_loop())
    reader = asyncio.StreamReader()
    task = asyncio.create_task(read("a", reader.read(3), tick))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print("feed in", tick())
    reader.feed_data(b"hello")
    reader.feed_data(b" world")
    await task
    print(text(await reader.read(100)), "in", tick())


asyncio.run(main())
