"""What the cases of streams share."""
import asyncio
import hashlib


async def serve(handler, ready, connections=1, **options):
    """Serves so many connections, then closes the server."""
    left = connections
    done = asyncio.Event()

    async def handle(reader, writer):
        nonlocal left
        try:
            await handler(reader, writer)
        finally:
            left -= 1
            if left == 0:
                done.set()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, **options)
    ready(server.sockets[0].getsockname())
    await done.wait()
    server.close()


async def serve_protocol(factory, ready):
    """Serves one connection with a protocol that has a future `done`."""
    protocol = factory()
    server = await asyncio.get_running_loop().create_server(lambda: protocol, "127.0.0.1", 0)
    ready(server.sockets[0].getsockname())
    await protocol.done
    server.close()


async def close(writer):
    writer.close()
    await writer.wait_closed()


def digest(data):
    return hashlib.sha256(data).hexdigest()[:16]


def pattern(size):
    """So many bytes, always the same."""
    return bytes((at * 7 + (at >> 8)) & 255 for at in range(size))
