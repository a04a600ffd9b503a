# A deadline ends the wait, not the line.
import asyncio

from twin import text


async def main():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    reader.feed_data(b"half a ")
    loop.call_later(7, reader.feed_data, b"line\n")
    for _ in range(3):
        try:
            print(text(await asyncio.wait_for(reader.readline(), 3)), round(loop.time()))
        except TimeoutError:
            print("too late", round(loop.time()))


asyncio.run(main())
