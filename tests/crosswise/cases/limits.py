"""What becomes of lines and records that are longer than the limit."""
import asyncio

from serving import close, serve


async def server(ready):
    async def handle(reader, writer):
        for line in [b"x" * 16, b"y" * 17, b"short"]:
            writer.write(line + b"\n")
            await reader.readexactly(1)
        writer.write(b"z" * 100 + b";after")
        writer.write_eof()
        await reader.read()
        await close(writer)

    await serve(handle, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where, limit=16)
    for _ in range(3):
        try:
            print(len(await reader.readline()))
        except ValueError as error:
            print(type(error).__name__, error)
        writer.write(b".")
    try:
        await reader.readuntil(b";")
    except asyncio.LimitOverrunError as error:
        print(type(error).__name__, 16 < error.consumed <= 100)
    print(len(await reader.readexactly(101)), (await reader.read()).decode())
    await close(writer)
