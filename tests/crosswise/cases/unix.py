"""Streams through a Unix socket; what both sides know of its address."""
import asyncio
import pathlib
import tempfile

from serving import close


async def server(ready):
    done = asyncio.Event()

    async def handle(reader, writer):
        print(writer.get_extra_info("sockname") == path, repr(writer.get_extra_info("peername")))
        while line := await reader.readline():
            writer.write(line[::-1])
        await close(writer)
        done.set()

    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "socket")
        server = await asyncio.start_unix_server(handle, path)
        ready(path)
        await done.wait()
        server.close()


async def client(where):
    reader, writer = await asyncio.open_unix_connection(where)
    print(writer.get_extra_info("peername") == where, repr(writer.get_extra_info("sockname")))
    writer.write(b"abc\n")
    writer.write_eof()
    print((await reader.read()).decode().strip())
    await close(writer)
