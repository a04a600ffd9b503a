"""A handler that fails is reported, and its client finds the end."""
import asyncio

from serving import close


async def server(ready):
    reported = asyncio.Event()

    def report(loop, context):
        print("reported", type(context["exception"]).__name__, context["exception"])
        reported.set()

    async def handle(reader, writer):
        await reader.readline()
        writer.write(b"before\n")
        raise ValueError("the handler failed")

    asyncio.get_running_loop().set_exception_handler(report)
    server = await asyncio.start_server(handle, "127.0.0.1", 0)
    ready(server.sockets[0].getsockname())
    await reported.wait()
    await asyncio.sleep(0.01)
    server.close()


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    writer.write(b"hello\n")
    print((await reader.read()).decode().rstrip(), reader.at_eof())
    await close(writer)
