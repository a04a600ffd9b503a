"""Ten megabytes in each direction at once, each side writing and reading in two tasks."""
import asyncio

from serving import close, digest, pattern, serve

SIZE = 10_000_000


async def exchange(reader, writer):
    async def send():
        data = pattern(1000) * (SIZE // 1000)
        for at in range(0, SIZE, 30_000):
            writer.write(data[at : at + 30_000])
            await writer.drain()
        writer.write_eof()

    async def receive():
        data = await reader.read()
        print(len(data), digest(data))

    await asyncio.gather(send(), receive())
    await close(writer)


async def server(ready):
    await serve(exchange, ready)


async def client(where):
    await exchange(*await asyncio.open_connection(*where))
