# Fact 31: a new task takes its first step in the next iteration, in the order of creation.
import asyncio

from twin import ticks


async def work(name, tick):
    print(name, "starts in", tick())
    return name

async def main():
    loop = asyncio.get_running_loop()
    tick = ticks(loop)
    await asyncio.sleep(0)
    a = asyncio.create_task(work("a", tick))
    loop.call_soon(print, "callback")
    b = asyncio.create_task(work("b", tick))
    print("created in", tick(), a.done(), b.done())
    await asyncio.sleep(0)
    print("main in", tick(), a.done(), a.result(), b.result())


asyncio.run(main())
