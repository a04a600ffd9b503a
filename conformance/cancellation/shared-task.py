# Cancelling one of two tasks that await the same child cancels the child, and so reaches both.
import asyncio

from twin import show


async def child():
    try:
        await asyncio.sleep(10)
    finally:
        print("child leaves", asyncio.current_task().cancelling())

async def work(name, task):
    try:
        await task
    except asyncio.CancelledError as error:
        print(name, show(error), asyncio.current_task().cancelling())
        return name

async def main():
    inner = asyncio.create_task(child())
    a, b = [asyncio.create_task(work(name, inner)) for name in "ab"]
    await asyncio.sleep(1)
    b.cancel()
    print(await a, await b, inner.cancelled(), a.cancelled())


asyncio.run(main())
