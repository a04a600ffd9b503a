# Fact 105: errors win over a cancellation from outside; the parent stays cancelled and hears of it at its next
# await.
import asyncio

from twin import show


async def fail_in_cleanup():
    try:
        await asyncio.sleep(10)
    finally:
        raise ValueError("in the clean-up")

async def parent(in_body):
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail_in_cleanup())
            if in_body:
                await asyncio.sleep(10)
    except BaseException as error:
        print(show(error), asyncio.current_task().cancelling())
    try:
        await asyncio.sleep(1)
        print("not cancelled again")
    except asyncio.CancelledError as error:
        print("cancelled again", asyncio.current_task().cancelling())
        raise

async def main():
    for in_body in [True, False]:
        task = asyncio.create_task(parent(in_body))
        await asyncio.sleep(1)
        task.cancel()
        await asyncio.wait([task])
        print(task.cancelled(), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
