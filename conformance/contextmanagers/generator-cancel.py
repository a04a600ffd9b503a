# A cancellation of the body comes out of the generator's yield; its cleanup may wait, and be cancelled in turn.
import asyncio
import contextlib

from twin import chain, show


@contextlib.asynccontextmanager
async def resource(name):
    print("open", name)
    try:
        yield name
    except asyncio.CancelledError as error:
        print("cancelled", show(error))
        raise
    finally:
        await asyncio.sleep(10)
        print("closed", name, f"{asyncio.get_running_loop().time():g}")

async def work(name):
    async with resource(name):
        await asyncio.sleep(100)

async def main():
    task = asyncio.create_task(work("a"))
    await asyncio.sleep(1)
    task.cancel("stop")
    await asyncio.wait([task])
    print(task.cancelled())
    task = asyncio.create_task(work("b"))
    await asyncio.sleep(1)
    task.cancel("stop")
    await asyncio.sleep(1)
    task.cancel("at once")
    try:
        await task
    except asyncio.CancelledError as error:
        print(chain(error), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
