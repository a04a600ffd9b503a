"""The server asks clients for a certificate."""
import asyncio
import ssl

from certificates import client_context, path, server_context
from serving import close


async def server(ready):
    done = asyncio.Event()

    async def handle(reader, writer):
        name = dict(pair for (pair,) in writer.get_extra_info("peercert")["subject"])["commonName"]
        print("served", name, (await reader.readline()).decode().rstrip())
        writer.write(b"welcome\n")
        await close(writer)
        done.set()

    context = server_context()
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(path("authority.pem"))
    listening = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: None)
    ready(listening.sockets[0].getsockname())
    await done.wait()
    listening.close()


async def client(where):
    async def attempt(name):
        context = client_context()
        if name is not None:
            context.load_cert_chain(path(f"{name}.pem"), path(f"{name}.key"))
        try:
            reader, writer = await asyncio.open_connection(*where, ssl=context, server_hostname="localhost")
            # In TLS 1.3 a client hears of it after its own handshake.
            writer.write(f"I am {name}\n".encode())
            answer = await reader.readline()
            writer.close()
            print(name, answer.decode().rstrip() or "refused")
        except OSError:
            print(name, "refused")

    await attempt(None)
    await attempt("stranger")
    await attempt("client")
