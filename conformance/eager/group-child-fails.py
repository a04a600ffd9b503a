# Fact 67: an eager child that fails inside create_task() does not cancel the group before create_task() returns.
import asyncio

from twin import show


async def fail():
    raise ValueError("at once")

async def main():
    try:
        async with asyncio.TaskGroup() as tg:
            task = tg.create_task(fail(), eager_start=True)
            print("create_task returned", task.done())
            try:
                await asyncio.sleep(1)
                print("not reached")
            except asyncio.CancelledError:
                print("then the body is cancelled")
                raise
    except ExceptionGroup as error:
        print(show(error), asyncio.current_task().cancelling())


asyncio.run(main())
