"""A megabyte over TLS each way at the same time."""
import asyncio

from certificates import client_context, server_context
from serving import close, digest, pattern, serve

SIZE = 1_000_000


async def exchange(reader, writer):
    async def send():
        data = pattern(SIZE)
        for start in range(0, SIZE, 50_000):
            writer.write(data[start:start + 50_000])
            await writer.drain()

    _, received = await asyncio.gather(send(), reader.readexactly(SIZE))
    print(len(received), digest(received))


async def server(ready):
    async def handle(reader, writer):
        await exchange(reader, writer)
        print(len(await reader.read()))
        await close(writer)

    await serve(handle, ready, ssl=server_context())


async def client(where):
    reader, writer = await asyncio.open_connection(*where, ssl=client_context(), server_hostname="localhost")
    await exchange(reader, writer)
    await close(writer)
