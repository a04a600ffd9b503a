# Facts 105, 109: a group takes back only its own cancellation; one that was swallowed before it comes back after it.
import asyncio

from twin import show


async def fail():
    raise ValueError("child")

async def work(swallowed):
    task = asyncio.current_task()
    for _ in range(swallowed):
        task.cancel()
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError:
            pass
    print("before", task.cancelling())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            await asyncio.sleep(10)
    except ExceptionGroup as error:
        print(show(error), task.cancelling())
    try:
        await asyncio.sleep(0)
        return "not cancelled again"
    except asyncio.CancelledError:
        return "cancelled again"

async def main():
    for swallowed in [0, 1, 2]:
        print(await asyncio.create_task(work(swallowed)))


asyncio.run(main())
