# Fact 106: an exit-class error of the body is raised bare, after the children have been cancelled.
import asyncio

from twin import show


async def child():
    try:
        await asyncio.sleep(10)
    finally:
        print("child cancelled")

async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(child())
            await asyncio.sleep(1)
            raise KeyboardInterrupt
    except KeyboardInterrupt as error:
        print(show(error), asyncio.current_task().cancelling(), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
