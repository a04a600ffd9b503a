# asyncio's test_readuntil_eof: the end comes before the separator.
import asyncio

from twin import show, text


async def main():
    for separator in [b"\n", b"MARK", (b"?", b"data and more")]:
        reader = asyncio.StreamReader()
        reader.feed_data(b"some data")
        task = asyncio.create_task(reader.readuntil(separator))
        await asyncio.sleep(0)
        reader.feed_eof()
        try:
            await task
        except asyncio.IncompleteReadError as error:
            print(show(error), text(error.partial), error.expected)
        print(text(await reader.read()), reader.at_eof())


asyncio.run(main())
