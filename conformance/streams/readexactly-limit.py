# asyncio's test_readexactly_limit: no limit for read() and readexactly().
import asyncio

from twin import text


async def main():
    reader = asyncio.StreamReader(limit=3)
    reader.feed_data(b"chunk")
    print(text(await reader.readexactly(5)))
    reader.feed_data(b"line1\nline2\n")
    print(text(await reader.read(8)))
    reader.feed_eof()
    print(text(await reader.read()))


asyncio.run(main())
