# A read that needs more than the limits allow resumes the transport while it waits.
import asyncio

from twin import show, text, Wire


async def main():
    for make in [lambda r: r.readexactly(9), lambda r: r.read(), lambda r: r.readuntil(b"8")]:
        reader = asyncio.StreamReader(limit=2)
        reader.set_transport(Wire(None))
        reader.feed_data(b"01234")
        task = asyncio.create_task(make(reader))
        for piece in [b"5", b"6", b"78"]:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            print("feed")
            reader.feed_data(piece)
        await asyncio.sleep(0)
        reader.feed_eof()
        try:
            print(text(await task))
        except asyncio.LimitOverrunError as error:
            print(show(error), error.consumed)


asyncio.run(main())
