# An error that is thrown, caught and thrown again on its way through tasks keeps the iterations of a value.
import asyncio

from twin import show, ticks


async def leaf(tick):
    await asyncio.sleep(0)
    print("leaf fails in", tick())
    raise ValueError("leaf")

async def link(number, inner, tick):
    try:
        return await inner
    except ValueError as error:
        print(number, "caught", show(error), "in", tick())
        if number == 2:
            return "recovered"
        raise
    finally:
        print(number, "leaves in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    task = asyncio.create_task(leaf(tick))
    for number in range(4):
        task = asyncio.create_task(link(number, task, tick))
    print(await task, "in", tick())


asyncio.run(main())
