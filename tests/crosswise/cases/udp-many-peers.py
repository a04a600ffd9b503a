"""One endpoint hears of many others, which it has not connected to, and answers each."""
import asyncio

COUNT = 20


class Collector(asyncio.DatagramProtocol):
    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()
        self.heard = {}

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        self.heard[addr] = data.decode()
        if len(self.heard) < COUNT:
            return
        for place, (each, word) in enumerate(sorted(self.heard.items(), key=lambda item: int(item[1]))):
            print(word, each[0])
            self.transport.sendto(f"{place} {word}".encode(), each)
        self.transport.close()

    def connection_lost(self, error):
        self.done.set_result(None)


class Peer(asyncio.DatagramProtocol):
    def __init__(self):
        self.answer = asyncio.get_running_loop().create_future()

    def datagram_received(self, data, addr):
        self.answer.set_result((data.decode(), addr))


async def server(ready):
    transport, protocol = await asyncio.get_running_loop().create_datagram_endpoint(
        Collector, local_addr=("127.0.0.1", 0)
    )
    ready(transport.get_extra_info("sockname"))
    await protocol.done


async def client(where):
    loop = asyncio.get_running_loop()
    peers = [await loop.create_datagram_endpoint(Peer, local_addr=("127.0.0.1", 0)) for _ in range(COUNT)]
    for number, (transport, _) in enumerate(peers):
        transport.sendto(str(number).encode(), where)
    for transport, peer in peers:
        word, addr = await peer.answer
        print(word, addr == where)
        transport.abort()
