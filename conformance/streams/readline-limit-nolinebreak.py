# asyncio's test_readline_limit_with_existing_data: what has come of a long line is dropped.
import asyncio

from twin import show, text


async def main():
    reader = asyncio.StreamReader(limit=3)
    reader.feed_data(b"li")
    reader.feed_data(b"ne1")
    try:
        await reader.readline()
    except ValueError as error:
        print(show(error))
    print(reader.at_eof())
    reader.feed_data(b"\nli")
    print(text(await reader.readline()))
    task = asyncio.create_task(reader.readline())
    await asyncio.sleep(0)
    reader.feed_data(b"ne2")
    await asyncio.sleep(0)
    print(show(task.exception()))
    reader.feed_data(b"ne3\n")
    reader.feed_eof()
    print(text(await reader.read()))


asyncio.run(main())
