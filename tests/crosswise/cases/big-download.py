"""A fast writer, a slow reader: what the writer's drain() holds back comes in the end, whole."""
import asyncio

from serving import close, digest, pattern, serve

PIECE = 64 * 1024
PIECES = 160


async def server(ready):
    async def handle(reader, writer):
        held_back = 0
        piece = pattern(PIECE)
        for _ in range(PIECES):
            writer.write(piece)
            if writer.transport.get_write_buffer_size() > 64 * 1024:
                held_back += 1
            await writer.drain()
        print("held back", held_back > 0)
        await close(writer)

    await serve(handle, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    await asyncio.sleep(0.05)
    got = bytearray()
    while data := await reader.read(100_000):
        got += data
        if len(got) < 1_000_000:
            await asyncio.sleep(0.001)
    print(len(got), digest(got))
    await close(writer)
