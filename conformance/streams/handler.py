# A server's handler: one that returns, one that fails, one that is cancelled.
import asyncio

from twin import show, ticks, Wire


async def main():
    tick = ticks(asyncio.get_running_loop())
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("reported", show(context["exception"]), "in", tick()))
    tasks = []
    kept = []

    async def handle(reader, writer):
        kept.append(writer)
        tasks.append(asyncio.current_task())
        print("begins in", tick())
        line = await reader.readline()
        writer.write(line.upper())
        if line == b"fail\n":
            raise OSError("failed")

    for line in [b"return\n", b"fail\n", b"cancel"]:
        protocol = asyncio.StreamReaderProtocol(asyncio.StreamReader(), handle)
        wire = Wire(protocol)
        protocol.connection_made(wire)
        await asyncio.sleep(0)
        protocol.data_received(line)
        if line == b"cancel":
            await asyncio.sleep(0)
            tasks[-1].cancel()
        for _ in range(3):
            await asyncio.sleep(0)
        print(wire.is_closing(), tasks[-1].done())


asyncio.run(main())
