# read() collects until the end, whatever the limit.
import asyncio

from twin import show, text, ticks


async def read(name, coroutine, tick):
    try:
        print(name, text(await coroutine), "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())


async def main():
    tick = ticks(asyncio.get_running_loop())
    reader = asyncio.StreamReader(limit=3)
    task = asyncio.create_task(read("all", reader.read(), tick))
    for piece in [b"one ", b"two ", b"three"]:
        await asyncio.sleep(0)
        reader.feed_data(piece)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(reader.at_eof(), "in", tick())
    reader.feed_eof()
    print(reader.at_eof())
    await task


asyncio.run(main())
