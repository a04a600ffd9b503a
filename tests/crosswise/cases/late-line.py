"""A read that runs out of time leaves what has come for the next."""
import asyncio

from serving import close, serve


async def server(ready):
    async def handle(reader, writer):
        writer.write(b"half a ")
        await writer.drain()
        await reader.readexactly(1)
        writer.write(b"line\nand another\n")
        await close(writer)

    await serve(handle, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    for _ in range(3):
        try:
            await asyncio.wait_for(reader.readline(), 0.02)
        except asyncio.TimeoutError:
            print("too late")
    writer.write(b".")
    async for line in reader:
        print(line.decode().rstrip())
    await close(writer)
