"""What protocols are told over TLS, and in which order."""
import asyncio

from certificates import client_context, server_context


class Logging(asyncio.Protocol):
    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()
        self.received = b""

    def connection_made(self, transport):
        self.transport = transport
        print("made", transport.is_closing(), transport.can_write_eof())

    def data_received(self, data):
        self.received += data
        if self.received.endswith(b"."):
            print("data", self.received.decode())
            self.answer()

    def answer(self):
        self.transport.write(b"good ")
        self.transport.writelines([b"b", b"y", b"e."])
        self.transport.close()
        print("closing", self.transport.is_closing())

    def eof_received(self):
        # asyncio also calls it on the side that has closed.
        if not self.transport.is_closing():
            print("eof")

    def connection_lost(self, error):
        print("lost", error)
        self.done.set_result(None)


class Asking(Logging):
    def answer(self):
        pass


async def server(ready):
    protocol = Logging()
    server = await asyncio.get_running_loop().create_server(
        lambda: protocol, "127.0.0.1", 0, ssl=server_context()
    )
    ready(server.sockets[0].getsockname())
    await protocol.done
    server.close()


async def client(where):
    transport, protocol = await asyncio.get_running_loop().create_connection(
        Asking, *where, ssl=client_context(), server_hostname="localhost"
    )
    transport.write(b"hello")
    transport.write(b" world.")
    await protocol.done
