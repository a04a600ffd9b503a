# asyncio's test_exception_waiter: the error reaches who waits, and every later read.
import asyncio

from twin import show, text, ticks


async def read(name, coroutine, tick):
    try:
        print(name, text(await coroutine), "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())


async def main():
    tick = ticks(asyncio.get_running_loop())
    reader = asyncio.StreamReader()
    print(reader.exception() is None)
    task = asyncio.create_task(read("waiting", reader.readexactly(10), tick))
    await asyncio.sleep(0)
    reader.feed_data(b"some")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    error = OSError("broken")
    reader.set_exception(error)
    await task
    print(reader.exception() is error)
    for coroutine in [reader.read(1), reader.read(), reader.read(0), reader.readline(), reader.readexactly(0), reader.readuntil(b"x")]:
        await read("later", coroutine, tick)


asyncio.run(main())
