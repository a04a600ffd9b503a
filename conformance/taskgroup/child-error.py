# Fact 102: the first error of a child cancels its siblings and the body; the group raises all errors that are left.
import asyncio

from twin import show


async def sleeper(name):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print(name, show(error))
        raise

async def fail(delay, text):
    await asyncio.sleep(delay)
    raise ValueError(text)

async def fail_in_cleanup():
    try:
        await asyncio.sleep(10)
    finally:
        raise TypeError("in the clean-up")

async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.TaskGroup() as group:
            sibling = group.create_task(sleeper("sibling"))
            group.create_task(fail(1, "child failed"))
            await sleeper("body")
    except ExceptionGroup as error:
        print(show(error), f"{loop.time():g}", sibling.cancelled(), asyncio.current_task().cancelling())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail(1, "first"))
            group.create_task(fail_in_cleanup())
    except ExceptionGroup as error:
        print(show(error), f"{loop.time():g}")


asyncio.run(main())
