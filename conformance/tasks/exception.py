# An exception ends the task, reaches everyone who awaits it as the same object, and is not re-raised in the loop.
import asyncio

from twin import show


async def fail(depth):
    if depth:
        await fail(depth - 1)
    await asyncio.sleep(0)
    raise ValueError("from the leaf")

async def main():
    for depth in [0, 1, 5]:
        task = asyncio.create_task(fail(depth))
        errors = []
        for _ in range(2):
            try:
                await task
            except ValueError as error:
                errors.append(error)
        print(depth, show(errors[0]), errors[0] is errors[1], errors[0] is task.exception())
        try:
            task.result()
        except ValueError as error:
            print(error is errors[0], task.done(), task.cancelled())


asyncio.run(main())
