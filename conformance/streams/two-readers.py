# Only one task may wait for data.
import asyncio

from twin import text


async def main():
    reader = asyncio.StreamReader()
    task = asyncio.create_task(reader.readuntil(b"!"))
    await asyncio.sleep(0)
    for read in [lambda: reader.read(1), lambda: reader.read(), lambda: reader.readexactly(1), lambda: reader.readuntil()]:
        try:
            await read()
        except RuntimeError as error:
            print(str(error).lower())
    reader.feed_data(b"mine!")
    print(text(await task))


asyncio.run(main())
