# Fact 37: a task that was cancelled and returns without another await is cancelled, its value is lost.
import asyncio

from twin import show


async def work(end):
    asyncio.current_task().cancel("at the end")
    if end == "raise":
        raise ValueError("instead")
    return "value"

async def main():
    for end in ["return", "raise"]:
        task = asyncio.create_task(work(end))
        try:
            print(await task)
        except BaseException as error:
            print(end, show(error), task.cancelled(), task.cancelling())


asyncio.run(main())
