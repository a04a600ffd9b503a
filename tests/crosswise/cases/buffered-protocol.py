"""A protocol that owns the memory which is read into, seven bytes of it."""
import asyncio

from serving import serve_protocol


class Buffered(asyncio.BufferedProtocol):
    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()
        self.memory = bytearray(7)
        self.all = b""
        self.most = 0

    def connection_made(self, transport):
        self.transport = transport

    def get_buffer(self, sizehint):
        return self.memory

    def buffer_updated(self, count):
        self.most = max(self.most, count)
        self.all += self.memory[:count]

    def eof_received(self):
        print("eof", self.most, self.all.decode())

    def connection_lost(self, error):
        print("lost", error)
        self.done.set_result(None)


async def server(ready):
    await serve_protocol(Buffered, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    writer.write(b"a sentence that is longer than seven bytes")
    writer.write_eof()
    print(len(await reader.read()))
    writer.close()
