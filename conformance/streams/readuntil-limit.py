# asyncio's test_readuntil_limit: what is too much stays in the buffer.
import asyncio

from twin import show, text


async def main():
    reader = asyncio.StreamReader(limit=3)
    reader.feed_data(b"some dataAA")
    for separator in [b"A", b"AB", b"ABCDEFG", (b"AAA", b"A")]:
        try:
            print(text(await reader.readuntil(separator)))
        except asyncio.LimitOverrunError as error:
            print(show(error), error.consumed)
    print(text(await reader.readexactly(8)))
    print(text(await reader.readuntil(b"A")))
    print(text(await reader.readuntil(b"A")))


asyncio.run(main())
