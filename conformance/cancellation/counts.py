# Fact 41: every cancel() counts, uncancel() never goes below zero.
import asyncio


async def work():
    for _ in range(2):
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            print("caught at", asyncio.current_task().cancelling())
    return "done"

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    print(task.cancelling(), task.uncancel(), task.cancelling())
    print(task.cancel(), task.cancel(), task.cancel(), task.cancelling())
    await asyncio.sleep(0)
    print(task.uncancel(), task.cancelling(), task.done())
    task.cancel()
    print(await task, task.cancelling(), task.cancel(), task.cancelling())
    print([task.uncancel() for _ in range(5)])


asyncio.run(main())
