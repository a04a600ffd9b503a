# Fact 54: a coroutine that is being awaited cannot be awaited by another task.
import asyncio

from twin import show


async def work():
    await asyncio.sleep(1)
    return "result"

async def awaiter(name, coro):
    try:
        print(name, await coro)
    except RuntimeError as error:
        print(name, show(error))

async def main():
    coro = work()
    first = asyncio.create_task(awaiter("first", coro))
    second = asyncio.create_task(awaiter("second", coro))
    await second
    await first


asyncio.run(main())
