# A drain that is cancelled after its wake-up is cancelled; the others go on.
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
    protocol.pause_writing()
    drains = [asyncio.create_task(wait(name, writer.drain(), tick)) for name in "ab"]
    await asyncio.sleep(0)
    protocol.resume_writing()
    drains[0].cancel()
    protocol.pause_writing()
    late = asyncio.create_task(wait("late", writer.drain(), tick))
    await asyncio.gather(*drains)
    print(late.done())
    protocol.resume_writing()
    await late


asyncio.run(main())
