# A read that is cancelled between its wake-up and its step takes nothing.
import asyncio

from twin import show, text, ticks


async def read(name, coroutine, tick):
    try:
        print(name, text(await coroutine), "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())


async def main():
    tick = ticks(asyncio.get_running_loop())
    for make in [lambda r: r.read(9), lambda r: r.readexactly(4), lambda r: r.readline(), lambda r: r.readuntil(b"a;")]:
        reader = asyncio.StreamReader()
        task = asyncio.create_task(read("first", make(reader), tick))
        await asyncio.sleep(0)
        reader.feed_data(b"data;\n")
        task.cancel()
        other = asyncio.create_task(read("second", make(reader), tick))
        await asyncio.gather(task, other)
        reader.feed_eof()
        print(text(await reader.read()))


asyncio.run(main())
