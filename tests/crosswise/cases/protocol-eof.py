"""What eof_received() returns decides whether the transport stays open for writing."""
import asyncio

from serving import close


class Ending(asyncio.Protocol):
    def __init__(self, keeps_open):
        self.keeps_open = keeps_open
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):
        print("data", data.decode())

    def eof_received(self):
        print("eof", self.transport.is_closing())
        if self.keeps_open:
            asyncio.get_running_loop().call_later(0.01, self.finish)
        else:
            self.transport.write(b"bye")
        return self.keeps_open

    def finish(self):
        print("later", self.transport.is_closing())
        self.transport.write(b"good bye")
        self.transport.close()

    def connection_lost(self, error):
        print("lost", error)
        self.done.set_result(None)


async def server(ready):
    protocols = [Ending(False), Ending(True)]
    waiting = iter(protocols)
    server = await asyncio.get_running_loop().create_server(lambda: next(waiting), "127.0.0.1", 0)
    ready(server.sockets[0].getsockname())
    for protocol in protocols:
        await protocol.done
    server.close()


async def client(where):
    for _ in range(2):
        reader, writer = await asyncio.open_connection(*where)
        writer.write(b"last words")
        writer.write_eof()
        print((await reader.read()).decode())
        await close(writer)
