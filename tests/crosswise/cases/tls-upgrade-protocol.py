"""The upgrade by the loop's own method: the protocol goes on, and the old transport is of no more use."""
import asyncio
import ssl

from certificates import client_context, server_context


class Upgrading(asyncio.Protocol):
    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()
        self.received = asyncio.Queue()

    def connection_made(self, transport):
        print("made")
        self.transport = transport

    def data_received(self, data):
        self.received.put_nowait(data.decode())

    def connection_lost(self, error):
        self.done.set_result(type(error).__name__)


async def server(ready):
    loop = asyncio.get_running_loop()
    queue = asyncio.Queue()

    def make():
        queue.put_nowait(Upgrading())
        return queue._queue[-1]

    listening = await loop.create_server(make, "127.0.0.1", 0)
    ready(listening.sockets[0].getsockname())
    for _ in range(2):
        protocol = await queue.get()
        print(await protocol.received.get())
        protocol.transport.write(b"go ahead")
        try:
            transport = await loop.start_tls(protocol.transport, protocol, server_context(), server_side=True)
        except OSError:
            print("no upgrade")
            await protocol.done
            continue
        print(transport.get_protocol() is protocol)
        print(await protocol.received.get())
        transport.close()
        print(await protocol.done)
    listening.close()


async def client(where):
    loop = asyncio.get_running_loop()
    for name in ["example.org", "localhost"]:
        transport, protocol = await loop.create_connection(Upgrading, *where)
        transport.write(b"upgrade?")
        print(await protocol.received.get())
        try:
            secure = await loop.start_tls(transport, protocol, client_context(), server_hostname=name)
        except ssl.SSLCertVerificationError as error:
            print(error.reason, await protocol.done)
            continue
        print(secure.get_protocol() is protocol, secure.get_extra_info("cipher")[1])
        secure.write(b"secret")
        print(await protocol.done)
