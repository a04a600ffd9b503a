"""The connection ends before a message does."""
import asyncio

from serving import close, serve


async def server(ready):
    async def handle(reader, writer):
        writer.write(b"not all of it")
        await close(writer)

    await serve(handle, ready, 3)


async def client(where):
    for read in [lambda r: r.readexactly(100), lambda r: r.readuntil(b"!"), lambda r: r.readline()]:
        reader, writer = await asyncio.open_connection(*where)
        try:
            print((await read(reader)).decode())
        except asyncio.IncompleteReadError as error:
            print(error, error.partial.decode(), error.expected)
        print(len(await reader.read()), reader.at_eof())
        await close(writer)
