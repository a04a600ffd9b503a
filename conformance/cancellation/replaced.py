# An exception raised in place of the cancellation is the task's exception.
import asyncio

from twin import show


async def work():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        raise ValueError("replaced")

async def new_message():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        raise asyncio.CancelledError("my own")

async def by_hand():
    raise asyncio.CancelledError("nobody asked")

async def main():
    for coro in [work(), new_message(), by_hand()]:
        task = asyncio.create_task(coro)
        await asyncio.sleep(0)
        asked = task.cancel("asked")
        try:
            await task
        except BaseException as error:
            print(show(error), asked, task.cancelled(), task.cancelling())


asyncio.run(main())
