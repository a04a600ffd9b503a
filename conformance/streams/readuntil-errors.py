# asyncio's test_readuntil_separator: there must be one.
import asyncio

from twin import show


async def main():
    reader = asyncio.StreamReader()
    reader.set_exception(OSError("not reached"))
    for separator in [b"", (), (b"a", b""), b"a"]:
        try:
            await reader.readuntil(separator)
        except Exception as error:
            print(show(error))


asyncio.run(main())
