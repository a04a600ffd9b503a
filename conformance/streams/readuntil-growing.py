# When a search that goes on gives up, by the lengths of its separators.
import asyncio

from twin import show, text


async def main():
    for separators in [(b"\n",), (b"ABC",), (b"x", b"ABCDE")]:
        reader = asyncio.StreamReader(limit=4)
        task = asyncio.create_task(reader.readuntil(separators))
        fed = 0
        while not task.done():
            reader.feed_data(b"-")
            fed += 1
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        print(fed, show(task.exception()), task.exception().consumed)
        reader = asyncio.StreamReader(limit=4)
        task = asyncio.create_task(reader.readuntil(separators))
        await asyncio.sleep(0)
        for byte in b"1234" + separators[-1]:
            reader.feed_data(bytes([byte]))
            await asyncio.sleep(0)
        await asyncio.sleep(0)
        print(text(task.result()))


asyncio.run(main())
