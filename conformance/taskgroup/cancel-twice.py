# A second cancellation while a group waits for its children: it counts, but the children are cancelled only once.
import asyncio

from twin import show


async def child(loop):
    for round in range(3):
        try:
            await asyncio.sleep(5)
            print("child slept until", f"{loop.time():g}")
            return
        except asyncio.CancelledError:
            print("child cancelled at", f"{loop.time():g}", asyncio.current_task().cancelling())

async def parent(loop):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child(loop))
    except BaseException as error:
        print(show(error), asyncio.current_task().cancelling(), f"{loop.time():g}")
        raise

async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(parent(loop))
    for message in ["one", "two"]:
        await asyncio.sleep(1)
        task.cancel(message)
    await asyncio.wait([task])
    print(task.cancelled(), f"{loop.time():g}")


asyncio.run(main())
