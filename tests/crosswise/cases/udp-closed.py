"""The peer's endpoint is closed: the client is told, and goes on."""
import asyncio


class Protocol(asyncio.DatagramProtocol):
    def __init__(self):
        self.packets = asyncio.Queue()
        self.done = asyncio.get_running_loop().create_future()

    def datagram_received(self, data, addr):
        self.packets.put_nowait((data.decode(), addr))

    def error_received(self, error):
        self.packets.put_nowait((type(error).__name__, error.strerror))

    def connection_lost(self, error):
        self.done.set_result(error)


def open_endpoint(**options):
    return asyncio.get_running_loop().create_datagram_endpoint(Protocol, **options)


async def server(ready):
    transport, protocol = await open_endpoint(local_addr=("127.0.0.1", 0))
    ready(transport.get_extra_info("sockname"))
    word, addr = await protocol.packets.get()
    print(word)
    transport.close()
    await protocol.done
    # Only now the client hears that we are here.
    answer, answering = await open_endpoint(local_addr=("127.0.0.1", 0))
    answer.sendto(b"closed", addr)
    print((await answering.packets.get())[0])
    answer.close()


async def client(where):
    # Where the server tells that it has closed.
    news, told = await open_endpoint(local_addr=("127.0.0.1", 0))
    news.sendto(b"hello", where)
    word, addr = await told.packets.get()
    print(word)
    transport, protocol = await open_endpoint(remote_addr=where)
    for _ in range(2):
        transport.sendto(b"anybody?")
        print(*await protocol.packets.get())
    print(transport.is_closing())
    news.sendto(b"bye", addr)
    transport.close()
    news.close()
    print(await protocol.done, await told.done)
