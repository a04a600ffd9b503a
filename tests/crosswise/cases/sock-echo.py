"""The loop's own socket operations: an echo in pieces, an end, an answer after it."""
import asyncio
import socket

from serving import digest, pattern


async def receive(loop, connection, size):
    data = b""
    while len(data) < size:
        piece = await loop.sock_recv(connection, min(4096, size - len(data)))
        if not piece:
            break
        data += piece
    return data


async def server(ready):
    loop = asyncio.get_running_loop()
    listening = socket.create_server(("127.0.0.1", 0))
    listening.setblocking(False)
    ready(listening.getsockname())
    connection, address = await loop.sock_accept(listening)
    print("accepted", address[0])
    print("head", (await receive(loop, connection, 5)).decode())
    body = await receive(loop, connection, 3_000_000)
    print("body", len(body), digest(body))
    print("end", len(await loop.sock_recv(connection, 10)))
    await loop.sock_sendall(connection, body[::-1])
    connection.shutdown(socket.SHUT_WR)
    print("end", len(await loop.sock_recv(connection, 10)))
    connection.close()
    listening.close()


async def client(where):
    loop = asyncio.get_running_loop()
    connection = socket.socket()
    connection.setblocking(False)
    await loop.sock_connect(connection, where)
    await loop.sock_sendall(connection, b"head:" + pattern(3_000_000))
    connection.shutdown(socket.SHUT_WR)
    memory = bytearray(3_000_000)
    at = 0
    while count := await loop.sock_recv_into(connection, memoryview(memory)[at:]):
        at += count
        if at == len(memory):
            break
    print("answer", at, digest(memory))
    print("end", len(await loop.sock_recv(connection, 10)))
    connection.close()
