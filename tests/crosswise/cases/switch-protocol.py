"""A protocol hands its transport on to another, in the middle of the connection."""
import asyncio

from serving import close, serve_protocol


class Greeter(asyncio.Protocol):
    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        print("greeter", data.decode())
        counter = Counter(self)
        self.transport.set_protocol(counter)
        print(self.transport.get_protocol() is counter)
        self.transport.write(b"switched")


class Counter(asyncio.Protocol):
    def __init__(self, greeter):
        self.greeter = greeter
        self.count = 0

    def data_received(self, data):
        self.count += len(data)

    def eof_received(self):
        print("counter", self.count)

    def connection_lost(self, error):
        print("lost", error)
        self.greeter.done.set_result(None)


async def server(ready):
    await serve_protocol(Greeter, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    writer.write(b"hello")
    print((await reader.readexactly(8)).decode())
    writer.write(b"x" * 500_000)
    await close(writer)
