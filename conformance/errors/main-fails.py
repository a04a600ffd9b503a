# run_until_complete() passes on the error of nested awaits, tasks and groups, and the loop stays usable.
import asyncio

from twin import show

loop = asyncio.new_event_loop()


async def fail(depth):
    if depth:
        await fail(depth - 1)
    await asyncio.sleep(0)
    raise ValueError(f"deep {depth}")

async def in_task():
    await asyncio.create_task(fail(1))

async def in_group():
    async with asyncio.TaskGroup() as group:
        group.create_task(fail(0))

async def cancelled():
    raise asyncio.CancelledError("by hand")

for coro in [fail(0), fail(5), in_task(), in_group(), cancelled()]:
    try:
        loop.run_until_complete(coro)
    except BaseException as error:
        print(show(error), loop.is_running())
print(loop.run_until_complete(asyncio.sleep(1, "usable")))
