"""Options of connections and servers, and those that contradict each other."""
import asyncio
import socket

from serving import close


async def server(ready):
    done = asyncio.Event()

    async def handle(reader, writer):
        print((await reader.readline()).decode().rstrip())
        await close(writer)
        done.set()

    server = await asyncio.start_server(handle, ["127.0.0.1"], 0, backlog=1, start_serving=False)
    print(server.is_serving(), len(server.sockets))
    await server.start_serving()
    print(server.is_serving())
    ready(server.sockets[0].getsockname())
    await done.wait()
    server.close()


async def client(where):
    for arguments, options in [
        [(), {}],
        [("127.0.0.1", 1), {"sock": socket.socket()}],
        [where, {"server_hostname": "somebody"}],
        [where, {"ssl_handshake_timeout": 3}],
    ]:
        try:
            await asyncio.open_connection(*arguments, **options)
        except ValueError:
            print("ValueError")
        if "sock" in options:
            options["sock"].close()
    reader, writer = await asyncio.open_connection("localhost", where[1], family=socket.AF_INET, local_addr=("127.0.0.1", 0))
    print(writer.get_extra_info("sockname")[0])
    writer.write(b"hello\n")
    print(len(await reader.read()))
    await close(writer)
