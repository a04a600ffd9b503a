# Children that swallow the cancellation of their gather: it is cancelled all the same, at the latest when all have
# ended.
import asyncio

from twin import show


async def child(name, swallow):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        if not swallow:
            raise
    await asyncio.sleep(1)
    print(name, "returns")
    return name

async def parent():
    return await asyncio.gather(child("a", False), child("b", True))

async def all_swallow():
    return await asyncio.gather(child("c", True), child("d", True))

async def main():
    for coro in [parent(), all_swallow()]:
        task = asyncio.create_task(coro)
        await asyncio.sleep(1)
        task.cancel()
        try:
            print(await task)
        except asyncio.CancelledError as error:
            print(show(error), task.cancelled(), f"{asyncio.get_running_loop().time():g}")
        await asyncio.sleep(5)


asyncio.run(main())
