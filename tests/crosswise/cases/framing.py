"""Messages with their length before them."""
import asyncio

from serving import close, digest, pattern, serve


async def read_message(reader):
    size = int.from_bytes(await reader.readexactly(4), "big")
    return await reader.readexactly(size)


async def server(ready):
    async def handle(reader, writer):
        while True:
            try:
                message = await read_message(reader)
            except asyncio.IncompleteReadError as error:
                print("end after", len(error.partial), "of", error.expected)
                break
            print(len(message), digest(message))
            writer.write(len(message).to_bytes(4, "big"))
            writer.write(message)
            await writer.drain()
        await close(writer)

    await serve(handle, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    for size in [0, 1, 4, 1000, 65_536, 70_000, 200_000]:
        message = pattern(size)
        writer.writelines([size.to_bytes(4, "big"), message])
        await writer.drain()
        print((await read_message(reader)) == message)
    writer.write(b"\0\0")
    writer.write_eof()
    print(len(await reader.read()))
    await close(writer)
