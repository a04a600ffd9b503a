"""A loop of write() and drain() ends when the peer has gone."""
import asyncio

from serving import serve


async def server(ready):
    async def handle(reader, writer):
        try:
            while True:
                writer.write(b"more" * 1000)
                await writer.drain()
        except (ConnectionResetError, BrokenPipeError) as error:
            print(isinstance(error, ConnectionError), writer.is_closing())
        writer.close()

    await serve(handle, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    print(len(await reader.readexactly(1000)))
    writer.transport.abort()
    await writer.wait_closed()
    print(reader.at_eof() or reader.exception() is None)
