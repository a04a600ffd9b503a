"""Lines go to and fro, until the client has no more."""
import asyncio

from serving import close, serve


async def server(ready):
    async def handle(reader, writer):
        async for line in reader:
            print("line", line.decode().rstrip())
            writer.write(line.upper())
            await writer.drain()
        print("end", reader.at_eof())
        await close(writer)

    await serve(handle, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    for line in ["hello", "world", "", "the last"]:
        writer.write(f"{line}\n".encode())
        await writer.drain()
        print((await reader.readline()).decode().rstrip())
    writer.write_eof()
    print(len(await reader.read()), reader.at_eof())
    await close(writer)
