"""Either side ends its direction first and goes on in the other."""
import asyncio

from serving import close, serve


async def server(ready):
    async def ends_last(reader, writer):
        question = await reader.read()
        print(question.decode(), reader.at_eof(), writer.is_closing())
        for part in [b"an ", b"answer"]:
            writer.write(part)
            await writer.drain()
        await close(writer)

    async def ends_first(reader, writer):
        writer.write(b"that is all")
        writer.write_eof()
        print((await reader.read()).decode())
        await close(writer)

    handlers = iter([ends_last, ends_first])
    await serve(lambda reader, writer: next(handlers)(reader, writer), ready, 2)


async def client(where):
    reader, writer = await asyncio.open_connection(*where)
    print(writer.can_write_eof())
    writer.write(b"a question")
    writer.write_eof()
    print((await reader.read()).decode())
    await close(writer)

    reader, writer = await asyncio.open_connection(*where)
    print((await reader.read()).decode(), reader.at_eof(), writer.is_closing())
    writer.write(b"I have more")
    await writer.drain()
    await close(writer)
