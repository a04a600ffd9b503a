# Fact 81: the caller is cancelled in the tick in which the inner task finished: it still gets CancelledError.
import asyncio

from twin import show


async def inner():
    await asyncio.sleep(0)
    return "done"

async def main():
    task = asyncio.create_task(inner())
    outer = asyncio.create_task(asyncio.wait_for(task, 10))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(task.done(), outer.done())
    outer.cancel("same tick")
    try:
        print(await outer)
    except asyncio.CancelledError as error:
        print(show(error), outer.cancelled())
    print(task.result(), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
