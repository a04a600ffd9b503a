# readexactly() wakes with each piece and goes on with the last.
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
    task = asyncio.create_task(read("six", reader.readexactly(6), tick))
    for piece in [b"ab", b"", b"c", b"defg"]:
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        reader.feed_data(piece)
        print(task.done(), "in", tick())
    await task
    print(text(await reader.read(9)))


asyncio.run(main())
