"""Lines over TLS, with a protocol to agree upon, until the client has no more."""
from serving import close, serve
from certificates import client_context, server_context
import asyncio


async def server(ready):
    async def handle(reader, writer):
        print(writer.get_extra_info("ssl_object").selected_alpn_protocol(), writer.can_write_eof())
        async for line in reader:
            print("line", line.decode().rstrip())
            writer.write(line.upper())
            await writer.drain()
        print("end", reader.at_eof())
        await close(writer)

    context = server_context()
    context.set_alpn_protocols(["echo/1", "echo/2"])
    await serve(handle, ready, ssl=context)


async def client(where):
    context = client_context()
    context.set_alpn_protocols(["echo/3", "echo/2"])
    reader, writer = await asyncio.open_connection(*where, ssl=context, server_hostname="localhost")
    name, version, bits = writer.get_extra_info("cipher")
    print(version, bits >= 128, writer.get_extra_info("compression"))
    print(writer.get_extra_info("sslcontext") is context, writer.get_extra_info("peername") == where)
    print(writer.get_extra_info("ssl_object").selected_alpn_protocol(), writer.can_write_eof())
    for line in ["hello", "world", "", "the last"]:
        writer.write(f"{line}\n".encode())
        await writer.drain()
        print((await reader.readline()).decode().rstrip())
    await close(writer)
