"""A plain stream becomes a secure one in place, as SMTP does it."""
import asyncio

from certificates import client_context, server_context
from serving import close, serve


async def server(ready):
    async def handle(reader, writer):
        writer.write(b"220 ready\n")
        print((await reader.readline()).decode().rstrip())
        writer.write(b"220 go ahead\n")
        await writer.start_tls(server_context())
        print(writer.get_extra_info("cipher")[1], writer.can_write_eof())
        async for line in reader:
            print("secure", line.decode().rstrip())
            writer.write(line.upper())
        await close(writer)

    await serve(handle, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    print((await reader.readline()).decode().rstrip(), writer.can_write_eof())
    writer.write(b"STARTTLS\n")
    print((await reader.readline()).decode().rstrip())
    context = client_context()
    await writer.start_tls(context, server_hostname="localhost")
    print(writer.get_extra_info("sslcontext") is context, writer.can_write_eof())
    for line in [b"one\n", b"two\n"]:
        writer.write(line)
        await writer.drain()
        print((await reader.readline()).decode().rstrip())
    await close(writer)
