# Fact 59: an eager task whose coroutine does not block is done when create_task() returns.
import asyncio

from twin import show


async def work(depth):
    print("runs at depth", depth)
    return await work(depth - 1) if depth else "result"

async def fail():
    raise ValueError("at once")

async def main():
    asyncio.get_running_loop().call_soon(print, "the loop turns")
    for depth in [0, 1]:
        task = asyncio.create_task(work(depth), eager_start=True)
        print(task.done(), task.result())
        print(await task)
    failed = asyncio.create_task(fail(), eager_start=True)
    print(failed.done(), show(failed.exception()))
    await asyncio.sleep(0)


asyncio.run(main())
