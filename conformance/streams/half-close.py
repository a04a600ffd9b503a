# After the peer's end a plain connection stays open for writing; one over TLS does not.
import asyncio

from twin import text, Wire


async def main():
    for info in [{}, {"sslcontext": "some"}]:
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        wire = Wire(protocol, info)
        protocol.connection_made(wire)
        protocol.data_received(b"bye")
        print(protocol.eof_received())
        print(text(await reader.read()), reader.at_eof())


asyncio.run(main())
