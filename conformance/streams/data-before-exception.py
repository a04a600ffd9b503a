# Who was woken by the data before the error still gets them.
import asyncio

from twin import show, text, ticks


async def read(name, coroutine, tick):
    try:
        print(name, text(await coroutine), "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())


async def main():
    tick = ticks(asyncio.get_running_loop())
    for make in [lambda r: r.read(3), lambda r: r.readexactly(3), lambda r: r.readline(), lambda r: r.readuntil(b"c")]:
        reader = asyncio.StreamReader()
        task = asyncio.create_task(read("woken", make(reader), tick))
        await asyncio.sleep(0)
        reader.feed_data(b"abc\n")
        reader.set_exception(OSError("broken"))
        await task


asyncio.run(main())
