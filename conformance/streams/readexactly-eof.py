# asyncio's test_readexactly_eof: the end comes first, and what there was is in the error.
import asyncio

from twin import show, text


async def main():
    for data in [b"some data", b""]:
        reader = asyncio.StreamReader()
        reader.feed_data(data)
        task = asyncio.create_task(reader.readexactly(20))
        await asyncio.sleep(0)
        reader.feed_eof()
        try:
            await task
        except asyncio.IncompleteReadError as error:
            print(show(error))
            print(text(error.partial), error.expected)
        print(text(await reader.read()), reader.at_eof())


asyncio.run(main())
