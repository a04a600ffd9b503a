# asyncio's test_read_zero and others: which sizes read what.
import asyncio

from twin import text


async def main():
    reader = asyncio.StreamReader()
    reader.feed_data(b"0123456789")
    print(text(await reader.read(0)))
    print(text(await reader.readexactly(0)))
    print(text(await reader.read(4)))
    try:
        await reader.readexactly(-1)
    except ValueError as error:
        print(str(error).lower())
    reader.feed_eof()
    print(text(await reader.read(-7)))
    print(text(await reader.readexactly(0)))


asyncio.run(main())
