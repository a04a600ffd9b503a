# wait_closed() waits for connection_lost(), and throws its error each time.
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
        waits = [asyncio.create_task(wait(name, writer.wait_closed(), tick)) for name in "ab"]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        protocol.connection_lost(error)
        print("lost in", tick())
        await asyncio.gather(*waits)
        await wait("later", writer.wait_closed(), tick)
        await wait("again", writer.wait_closed(), tick)


asyncio.run(main())
