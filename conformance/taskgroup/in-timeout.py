# Facts 93, 104: a timeout around a group cancels its children; a group around a timeout sees only its TimeoutError.
import asyncio

from twin import show


async def child(name):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print(name, "cancelled at", f"{asyncio.get_running_loop().time():g}")
        raise

async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(1):
            async with asyncio.TaskGroup() as group:
                group.create_task(child("in the group"))
    except TimeoutError as error:
        print(show(error), asyncio.current_task().cancelling(), f"{loop.time():g}")
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child("around the timeout"))
            async with asyncio.timeout(1):
                await asyncio.sleep(10)
    except ExceptionGroup as error:
        print(show(error), asyncio.current_task().cancelling(), f"{loop.time():g}")


asyncio.run(main())
