# asyncio's test_multiple_drain: drains wait together while writing is paused.
import asyncio

from twin import show, ticks, Wire


def connect():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    wire = Wire(protocol)
    protocol.connection_made(wire)
    return reader, asyncio.StreamWriter(wire, protocol, reader, loop), wire, protocol


async def wait(name, coroutine, tick):
    try:
        await coroutine
        print(name, "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())


async def main():
    tick = ticks(asyncio.get_running_loop())
    reader, writer, wire, protocol = connect()
    await wait("free", writer.drain(), tick)
    protocol.pause_writing()
    drains = [asyncio.create_task(wait(name, writer.drain(), tick)) for name in "abc"]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    drains[1].cancel()
    await asyncio.sleep(0)
    print("resume in", tick())
    protocol.resume_writing()
    await asyncio.gather(*drains)
    await wait("free", writer.drain(), tick)


asyncio.run(main())
