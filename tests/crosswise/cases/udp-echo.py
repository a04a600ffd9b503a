"""Packets to and fro between an endpoint that takes all and one that is connected."""
import asyncio


class Echo(asyncio.DatagramProtocol):
    def __init__(self):
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport):
        self.transport = transport

    def datagram_received(self, data, addr):
        print("from", addr[0], data[:20].decode(), len(data))
        self.transport.sendto(data.upper(), addr)
        if data == b"bye":
            self.transport.close()

    def connection_lost(self, error):
        print("lost", error)
        self.done.set_result(None)


class Client(asyncio.DatagramProtocol):
    def __init__(self):
        self.packets = asyncio.Queue()
        self.done = asyncio.get_running_loop().create_future()

    def datagram_received(self, data, addr):
        self.packets.put_nowait(data)

    def connection_lost(self, error):
        self.done.set_result(error)


async def server(ready):
    transport, protocol = await asyncio.get_running_loop().create_datagram_endpoint(
        Echo, local_addr=("127.0.0.1", 0)
    )
    print(transport.get_extra_info("peername"))
    ready(transport.get_extra_info("sockname"))
    await protocol.done
    print(transport.is_closing())


async def client(where):
    transport, protocol = await asyncio.get_running_loop().create_datagram_endpoint(Client, remote_addr=where)
    print(transport.get_extra_info("peername") == where)
    for word in [b"hello", b"x" * 9000, b"bye"]:
        transport.sendto(word, where if word == b"hello" else None)
        answer = await protocol.packets.get()
        print(answer[:20].decode(), len(answer))
    try:
        transport.sendto(b"elsewhere", ("127.0.0.1", 9))
    except ValueError as error:
        print(str(error).startswith("Invalid address: must be"))
    transport.close()
    print("lost", await protocol.done)
