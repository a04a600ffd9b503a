# Fact 38: a task that cancels itself and then awaits a child task cancels the child.
import asyncio


async def child():
    try:
        await asyncio.sleep(10)
    finally:
        print("child leaves")

async def work(task):
    asyncio.current_task().cancel()
    await task

async def main():
    inner = asyncio.create_task(child())
    await asyncio.sleep(0)
    outer = asyncio.create_task(work(inner))
    try:
        await outer
    except asyncio.CancelledError:
        print(inner.cancelled(), outer.cancelled(), inner.cancelling(), outer.cancelling())


asyncio.run(main())
