"""close() sends what is buffered, abort() drops it."""
import asyncio

from serving import digest, pattern

SIZE = 20_000_000


class Sender(asyncio.Protocol):
    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        self.transport.write(pattern(1000) * (SIZE // 1000))
        print("buffered", self.transport.get_write_buffer_size() > 0)
        if data == b"close":
            self.transport.close()
        else:
            self.transport.abort()
        print("closing", self.transport.is_closing())

    def connection_lost(self, error):
        print("lost", error)
        self.done.set_result(None)


async def server(ready):
    protocols = [Sender(), Sender()]
    waiting = iter(protocols)
    server = await asyncio.get_running_loop().create_server(lambda: next(waiting), "127.0.0.1", 0)
    ready(server.sockets[0].getsockname())
    for protocol in protocols:
        await protocol.done
    server.close()


async def client(where):
    for how in [b"close", b"abort"]:
        reader, writer = await asyncio.open_connection(*where)
        writer.write(how)
        await asyncio.sleep(0.05)
        try:
            data = await reader.read()
            print(how.decode(), digest(data) if len(data) == SIZE else "not all")
        except ConnectionResetError:
            print(how.decode(), "not all")
        writer.close()
