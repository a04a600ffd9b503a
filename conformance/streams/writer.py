# What a writer hands to its transport.
import asyncio

from twin import text, Wire


def connect():
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    wire = Wire(protocol)
    protocol.connection_made(wire)
    return reader, asyncio.StreamWriter(wire, protocol, reader, loop), wire, protocol


async def main():
    reader, writer, wire, protocol = connect()
    wire.info = {"peername": "somebody"}
    writer.write(b"one")
    writer.writelines([b"two", b"three"])
    print(writer.can_write_eof(), writer.is_closing())
    writer.write_eof()
    print(writer.get_extra_info("peername"), writer.get_extra_info("nothing"), writer.get_extra_info("nothing", "default"))
    print(writer.transport is wire)
    writer.close()
    print(writer.is_closing())
    await writer.wait_closed()
    print(text(await reader.read()))


asyncio.run(main())
