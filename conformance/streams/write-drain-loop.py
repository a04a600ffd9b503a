# A loop of write() and drain() ends when the connection is closed meanwhile.
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
    loop = asyncio.get_running_loop()
    reader, writer, wire, protocol = connect()
    loop.call_later(1, writer.close)
    rounds = 0
    try:
        while True:
            writer.write(b"more")
            await writer.drain()
            rounds += 1
            await asyncio.sleep(0.3)
    except ConnectionResetError as error:
        print(rounds, show(error))


asyncio.run(main())
