# asyncio's test_async_writer_api_exception_after_close: a drain on a closing transport takes a turn, then throws.
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
    drain = writer.drain()
    writer.close()
    print("closed in", tick())
    await wait("drain", drain, tick)
    await wait("drain", writer.drain(), tick)
    await wait("closed", writer.wait_closed(), tick)


asyncio.run(main())
