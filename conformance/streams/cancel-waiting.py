# A read that is cancelled while it waits takes nothing.
import asyncio

from twin import text


async def main():
    for read in [lambda r: r.read(9), lambda r: r.readexactly(9), lambda r: r.readline(), lambda r: r.readuntil(b";;")]:
        reader = asyncio.StreamReader()
        task = asyncio.create_task(read(reader))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.sleep(0)
        print(task.cancelled())
        reader.feed_data(b"data;")
        print(text(await reader.read(100)))


asyncio.run(main())
