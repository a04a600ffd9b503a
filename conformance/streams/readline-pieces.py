# asyncio's test_readline: a line comes in pieces, the rest stays.
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
    reader.feed_data(b"chunk1 ")
    task = asyncio.create_task(read("line", reader.readline(), tick))
    for piece in [b"chunk2 ", b"chunk3 ", b"\n chunk4"]:
        await asyncio.sleep(0)
        reader.feed_data(piece)
    await task
    reader.feed_eof()
    print(text(await reader.readline()), text(await reader.readline()), "in", tick())


asyncio.run(main())
