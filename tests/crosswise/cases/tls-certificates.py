"""Clients refuse certificates of strangers, for other names, and expired ones; the server goes on."""
import asyncio
import ssl

from certificates import client_context, path, server_context
from serving import close


async def server(ready):
    done = asyncio.Event()

    async def handle(reader, writer):
        if await reader.readline() == b"thanks\n":
            print("served")
            done.set()
        await close(writer)

    async def expired(reader, writer):
        await close(writer)

    good = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=server_context())
    old = await asyncio.start_server(expired, "127.0.0.1", 0, ssl=server_context("expired"))
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    ready(good.sockets[0].getsockname() + old.sockets[0].getsockname())
    await done.wait()
    good.close()
    old.close()


async def client(where):
    host, port, _, old_port = where

    async def attempt(what, port, context, name):
        try:
            reader, writer = await asyncio.open_connection(host, port, ssl=context, server_hostname=name)
        except ssl.SSLCertVerificationError as error:
            print(what, error.reason, isinstance(error, ssl.SSLError), isinstance(error, OSError))
        else:
            print(what, "connected")
            writer.write(b"thanks\n")
            await reader.read()
            await close(writer)

    await attempt("stranger", port, ssl.create_default_context(cafile=path("stranger.pem")), "localhost")
    await attempt("unknown", port, ssl.create_default_context(), "localhost")
    await attempt("other name", port, client_context(), "example.org")
    await attempt("other address", port, client_context(), "127.0.0.2")
    await attempt("expired", old_port, client_context(), "localhost")
    careless = client_context()
    careless.check_hostname = False
    await attempt("any name", port, careless, "example.org")
