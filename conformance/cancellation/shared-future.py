# Cancelling one of two tasks that await the same future cancels the future, and so reaches both.
import asyncio

from twin import show


async def work(name, future):
    try:
        await future
    except asyncio.CancelledError as error:
        print(name, show(error), asyncio.current_task().cancelling())
        raise

async def main():
    future = asyncio.get_running_loop().create_future()
    a, b = [asyncio.create_task(work(name, future)) for name in "ab"]
    await asyncio.sleep(0)
    a.cancel("only a")
    await asyncio.wait([a, b])
    print(a.cancelled(), b.cancelled(), a.cancelling(), b.cancelling())


asyncio.run(main())
