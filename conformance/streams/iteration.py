# Asynchronous iteration gives lines, waits for them, and ends at the end.
import asyncio

from twin import text


async def main():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    reader.feed_data(b"one\ntwo\nth")
    loop.call_later(1, reader.feed_data, b"ree\n\nrest")
    loop.call_later(2, reader.feed_eof)
    async for line in reader:
        print(text(line), round(loop.time()))


asyncio.run(main())
