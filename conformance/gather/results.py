# Fact 84: results come in the order of the arguments; the same coroutine twice is one child; no arguments: done at
# once.
import asyncio


async def child(delay):
    await asyncio.sleep(delay)
    print("child", delay)
    return delay

async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_later(1.5, future.set_result, "future")
    print(await asyncio.gather(child(3), child(1), future, child(2)), f"{loop.time():g}")
    twice = child(1)
    print(await asyncio.gather(twice, child(2), twice), f"{loop.time():g}")
    empty = asyncio.gather()
    print(empty.done(), await empty)


asyncio.run(main())
