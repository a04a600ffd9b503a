"""Two hundred clients at once, each with its own answers."""
import asyncio

from serving import close, serve

CLIENTS = 200


async def server(ready):
    total = 0

    async def handle(reader, writer):
        nonlocal total
        while line := await reader.readline():
            total += int(line)
            writer.write(b"%d\n" % (int(line) * 2))
            await writer.drain()
        await close(writer)

    await serve(handle, ready, CLIENTS)
    print(total)


async def client(where):
    async def ask(number):
        reader, writer = await asyncio.open_connection(*where)
        answers = []
        for _ in range(3):
            writer.write(b"%d\n" % number)
            answers.append(int(await reader.readline()))
        await close(writer)
        return answers == [number * 2] * 3

    print((await asyncio.gather(*map(ask, range(CLIENTS)))).count(True))
