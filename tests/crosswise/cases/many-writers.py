"""Ten tasks write to one stream and drain it together."""
import asyncio

from serving import close, serve

TASKS = 10
ROUNDS = 20


async def server(ready):
    async def handle(reader, writer):
        async def write(number):
            record = bytes([48 + number]) * 20_000 + b"\n"
            for _ in range(ROUNDS):
                writer.write(record)
                await writer.drain()

        await asyncio.gather(*map(write, range(TASKS)))
        await close(writer)

    await serve(handle, ready)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    await asyncio.sleep(0.02)
    counts = {}
    async for line in reader:
        assert line.rstrip() == line[:1] * 20_000
        counts[line[:1].decode()] = counts.get(line[:1].decode(), 0) + 1
    print(*(f"{number}:{count}" for number, count in sorted(counts.items())))
    await close(writer)
