# Fact 108: inner and outer children fail at once: the inner error is seen first, the outer cancellation is still
# pending.
import asyncio

from twin import show


async def fail(text):
    raise ValueError(text)

async def main():
    try:
        async with asyncio.TaskGroup() as outer:
            try:
                async with asyncio.TaskGroup() as inner:
                    inner.create_task(fail("inner child"))
                    outer.create_task(fail("outer child"))
            except ExceptionGroup as error:
                print("inner:", show(error), asyncio.current_task().cancelling())
                try:
                    await asyncio.sleep(1)
                    print("not cancelled")
                except asyncio.CancelledError:
                    print("cancelled by the outer group", asyncio.current_task().cancelling())
                    raise
    except ExceptionGroup as error:
        print("outer:", show(error), asyncio.current_task().cancelling())


asyncio.run(main())
