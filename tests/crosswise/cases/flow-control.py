"""A protocol that does not read makes the other side's writing pause."""
import asyncio

from serving import serve_protocol

PIECE = b"x" * 100_000


class Reader(asyncio.Protocol):
    """Reads nothing until its peer has been held back."""

    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()
        self.size = 0

    def connection_made(self, transport):
        self.transport = transport
        transport.pause_reading()
        transport.pause_reading()
        print("reading", transport.is_reading())
        asyncio.get_running_loop().call_later(0.1, self.go_on)

    def go_on(self):
        print("nothing yet", self.size)
        self.transport.resume_reading()
        print("reading", self.transport.is_reading())

    def data_received(self, data):
        self.size += len(data)

    def connection_lost(self, error):
        print("got", self.size % len(PIECE), error)
        self.done.set_result(None)


class Writer(asyncio.Protocol):
    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()
        self.paused = False

    def connection_made(self, transport):
        self.transport = transport
        transport.set_write_buffer_limits(high=200_000, low=50_000)
        print(*transport.get_write_buffer_limits())
        while not self.paused:
            transport.write(PIECE)

    def pause_writing(self):
        self.paused = True
        print("pause", self.transport.get_write_buffer_size() > 200_000)

    def resume_writing(self):
        print("resume", self.transport.get_write_buffer_size() <= 50_000)
        self.transport.close()

    def connection_lost(self, error):
        self.done.set_result(None)


async def server(ready):
    await serve_protocol(Reader, ready)


async def client(where):
    transport, protocol = await asyncio.get_running_loop().create_connection(Writer, *where)
    await protocol.done
    for limits in [{"high": 10}, {"low": 10}, {}, {"high": 0}, {"high": 1, "low": 2}]:
        try:
            transport.set_write_buffer_limits(**limits)
            print(*transport.get_write_buffer_limits())
        except ValueError as error:
            print(error)
