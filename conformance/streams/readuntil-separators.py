# asyncio's test_readuntil_multi_separator: the separator that ends first counts.
import asyncio

from twin import text


async def main():
    reader = asyncio.StreamReader()
    reader.feed_data(b"line 1\rline 2\r\nline 3;  abcabd")
    print(text(await reader.readuntil((b"\n", b"\r"))))
    print(text(await reader.readuntil((b"\r\n", b"\n"))))
    print(text(await reader.readuntil((b"; ", b";  ", b"3"))))
    print(text(await reader.readuntil((b"abd", b";"))))
    print(text(await reader.readuntil((b"cab", b"abd", b"d", b"bd"))))


asyncio.run(main())
