# A line that is too long ends an iteration with an error.
import asyncio

from twin import show, text


async def main():
    reader = asyncio.StreamReader(limit=3)
    reader.feed_data(b"abc\nabcd\nabc\n")
    reader.feed_eof()
    for _ in range(2):
        try:
            async for line in reader:
                print(text(line))
        except ValueError as error:
            print(show(error))


asyncio.run(main())
