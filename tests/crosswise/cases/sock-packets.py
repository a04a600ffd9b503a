"""Packets by the loop's own socket operations, cut off and whole."""
import asyncio
import socket


async def server(ready):
    loop = asyncio.get_running_loop()
    here = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    here.setblocking(False)
    here.bind(("127.0.0.1", 0))
    waiting = asyncio.create_task(loop.sock_recvfrom(here, 100))
    await asyncio.sleep(0)
    ready(here.getsockname())
    data, address = await waiting
    print("got", data.decode(), address[0])
    print("sent", await loop.sock_sendto(here, data[::-1], address))
    memory = bytearray(3)
    count, address = await loop.sock_recvfrom_into(here, memory)
    print("cut off", count, memory.decode())
    print("sent", await loop.sock_sendto(here, b"", address))
    here.close()


async def client(where):
    loop = asyncio.get_running_loop()
    here = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    here.setblocking(False)
    here.bind(("127.0.0.1", 0))
    print("sent", await loop.sock_sendto(here, b"hello", where))
    print("got", (await loop.sock_recv(here, 100)).decode())
    await loop.sock_connect(here, where)
    await loop.sock_sendall(here, b"too long")
    print("got", len(await loop.sock_recv(here, 100)))
    here.close()
