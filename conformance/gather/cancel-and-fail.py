# A child fails while its gather is being cancelled: whichever child ends first decides what comes out.
import asyncio

from twin import show


async def child(name, fail):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print(name, "cancelled")
        if fail:
            raise ValueError(name)
        raise

async def parent(names):
    await asyncio.gather(*[child(name, fail) for name, fail in names])

async def main():
    for names in [[["a", True], ["b", False]], [["c", False], ["d", True]]]:
        task = asyncio.create_task(parent(names))
        await asyncio.sleep(1)
        task.cancel("stop")
        try:
            await task
        except BaseException as error:
            print(show(error), task.cancelled())


asyncio.run(main())
