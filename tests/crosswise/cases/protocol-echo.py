"""Plain protocols: which of their methods are called, in which order."""
import asyncio

from serving import serve_protocol


class Talk(asyncio.Protocol):
    def __init__(self, name):
        self.name = name
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        print(self.name, "made", transport.is_closing())
        self.transport = transport

    def data_received(self, data):
        print(self.name, "data", data.decode())
        self.answer(data)

    def eof_received(self):
        print(self.name, "eof")

    def connection_lost(self, error):
        print(self.name, "lost", error, self.transport.is_closing())
        self.done.set_result(None)


class Echo(Talk):
    def answer(self, data):
        self.transport.write(data.upper())


class Ask(Talk):
    questions = ["two", "three"]

    def connection_made(self, transport):
        super().connection_made(transport)
        transport.write(b"one")

    def answer(self, data):
        if self.questions:
            self.transport.write(self.questions.pop(0).encode())
        else:
            self.transport.close()


async def server(ready):
    await serve_protocol(lambda: Echo("echo"), ready)


async def client(where):
    transport, protocol = await asyncio.get_running_loop().create_connection(lambda: Ask("ask"), *where)
    await protocol.done
