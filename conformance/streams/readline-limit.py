# asyncio's test_readline_limit: the newline does not count.
import asyncio

from twin import chain, text


async def main():
    reader = asyncio.StreamReader(limit=7)
    reader.feed_data(b"1234567\n12345678\nnext\n")
    for _ in range(3):
        try:
            print(text(await reader.readline()))
        except ValueError as error:
            print(chain(error))


asyncio.run(main())
