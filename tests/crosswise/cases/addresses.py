"""Each side knows its own address and the other's."""
import asyncio

from serving import close, serve


async def server(ready):
    async def handle(reader, writer):
        host, port = writer.get_extra_info("peername")
        print(host, port > 0, writer.get_extra_info("sockname")[0], writer.get_extra_info("no such thing"))
        writer.write(f"{host} {port} {writer.get_extra_info('sockname')[1]}\n".encode())
        await close(writer)

    await serve(handle, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    host, port = writer.get_extra_info("sockname")
    told = (await reader.readline()).decode().split()
    print(told == [host, str(port), str(where[1])], writer.get_extra_info("peername") == tuple(where))
    print(writer.get_extra_info("sslcontext"), writer.get_extra_info("peercert", "none"))
    await close(writer)
