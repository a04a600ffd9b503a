"""A server that closes goes on with the connections it has, and takes no others."""
import asyncio

from serving import close


async def server(ready):
    done = asyncio.Event()

    async def handle(reader, writer):
        print("accepted")
        while line := await reader.readline():
            if line == b"close\n":
                server.close()
                print(server.is_serving(), len(server.sockets))
            writer.write(b"done " + line)
        await close(writer)
        done.set()

    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    print(server.is_serving(), len(server.sockets))
    ready(server.sockets[0].getsockname())
    await done.wait()


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    for line in [b"one\n", b"close\n"]:
        writer.write(line)
        print((await reader.readline()).decode().rstrip())
    try:
        await asyncio.open_connection(*where)
    except ConnectionRefusedError as error:
        print("refused", error.errno > 0)
    writer.write(b"still here\n")
    print((await reader.readline()).decode().rstrip())
    await close(writer)
