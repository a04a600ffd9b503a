"""The client resets the connection in the middle of a message."""
import asyncio
import socket
import struct

from serving import close, serve


async def server(ready):
    async def handle(reader, writer):
        print((await reader.readexactly(4)).decode())
        writer.write(b"go on\n")
        for attempt in [reader.readexactly(10), reader.read(), writer.drain(), writer.wait_closed()]:
            try:
                print(await attempt)
            except ConnectionResetError:
                print("ConnectionResetError")
        print(type(reader.exception()).__name__)
        writer.close()

    await serve(handle, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    writer.write(b"headhalf")
    print((await reader.readline()).decode().rstrip())
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    await asyncio.sleep(0)
