# Fact 107: an error of the inner group nests as a group; an error of an outer child cancels the inner group
# unwrapped.
import asyncio

from twin import show


async def fail(delay, text):
    await asyncio.sleep(delay)
    raise ValueError(text)

async def main():
    for inner_delay, outer_delay in [[1, 5], [5, 1]]:
        try:
            async with asyncio.TaskGroup() as outer:
                outer.create_task(fail(outer_delay, "outer child"))
                try:
                    async with asyncio.TaskGroup() as inner:
                        inner.create_task(fail(inner_delay, "inner child"))
                except BaseException as error:
                    print("inner:", show(error), asyncio.current_task().cancelling())
                    raise
        except BaseException as error:
            print("outer:", show(error), asyncio.current_task().cancelling())


asyncio.run(main())
