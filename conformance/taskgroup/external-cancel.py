# Fact 104: cancelling the parent cancels the children and comes out as a plain CancelledError, from body or exit.
import asyncio

from twin import show


async def child(loop):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        await asyncio.sleep(1)
        print("child left at", f"{loop.time():g}")
        raise

async def parent(loop, in_body):
    async with asyncio.TaskGroup() as group:
        group.create_task(child(loop))
        if in_body:
            await asyncio.sleep(10)

async def main():
    loop = asyncio.get_running_loop()
    for in_body in [True, False]:
        task = asyncio.create_task(parent(loop, in_body))
        await asyncio.sleep(1)
        task.cancel("stop")
        try:
            await task
        except asyncio.CancelledError as error:
            print(show(error), task.cancelled(), task.cancelling(), f"{loop.time():g}")


asyncio.run(main())
