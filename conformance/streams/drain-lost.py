# What a drain is told when the connection is lost, before, meanwhile and after.
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
    for error in [None, OSError("reset")]:
        tick = ticks(asyncio.get_running_loop())
        reader, writer, wire, protocol = connect()
        protocol.pause_writing()
        drains = [asyncio.create_task(wait(name, writer.drain(), tick)) for name in "ab"]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        protocol.connection_lost(error)
        await asyncio.gather(*drains)
        await wait("later", writer.drain(), tick)


asyncio.run(main())
