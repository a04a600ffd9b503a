# What is there is read without a turn of the loop.
import asyncio

from twin import text, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    reader = asyncio.StreamReader()
    reader.feed_data(b"a line\nfive!until;rest")
    reader.feed_eof()
    await asyncio.sleep(0)
    print(text(await reader.readline()), "in", tick())
    print(text(await reader.readexactly(5)), "in", tick())
    print(text(await reader.readuntil(b";")), "in", tick())
    print(text(await reader.read(2)), reader.at_eof(), "in", tick())
    print(text(await reader.read()), reader.at_eof(), "in", tick())
    print(text(await reader.read()), text(await reader.read(5)), text(await reader.readline()), "in", tick())


asyncio.run(main())
