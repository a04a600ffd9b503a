# What reading is told when the connection is lost.
import asyncio

from twin import show, Wire


def connect():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    wire = Wire(protocol)
    protocol.connection_made(wire)
    return reader, asyncio.StreamWriter(wire, protocol, reader, loop), wire, protocol


async def main():
    for error in [None, OSError("reset")]:
        reader, writer, wire, protocol = connect()
        protocol.data_received(b"last words")
        task = asyncio.create_task(reader.readexactly(20))
        await asyncio.sleep(0)
        protocol.connection_lost(error)
        print(reader.at_eof(), reader.exception() is error)
        try:
            await task
        except Exception as caught:
            print(show(caught))
        print(reader.at_eof())


asyncio.run(main())
