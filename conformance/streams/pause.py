# The transport is paused beyond twice the limit, and resumed at the limit.
import asyncio

from twin import text, Wire


async def main():
    reader = asyncio.StreamReader(limit=5)
    reader.set_transport(Wire(None))
    for _ in range(4):
        print("feed")
        reader.feed_data(b"12345")
    for size in [4, 4, 4, 4, 4]:
        print(text(await reader.read(size)))


asyncio.run(main())
