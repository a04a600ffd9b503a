# Fact 91: cancelling the task that awaits a shield leaves the inner task running.
import asyncio

from twin import show


async def inner():
    await asyncio.sleep(3)
    print("inner done at", f"{asyncio.get_running_loop().time():g}")
    return "value"

async def outer(task):
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError as error:
        print("outer", show(error), task.cancelled(), task.cancelling())
        raise

async def main():
    task = asyncio.create_task(inner())
    waiting = asyncio.create_task(outer(task))
    await asyncio.sleep(1)
    waiting.cancel("stop")
    await asyncio.wait([waiting])
    print(waiting.cancelled(), task.done())
    shielded = asyncio.shield(task)
    print(shielded.cancel(), shielded.cancelled(), task.done())
    print(await task)


asyncio.run(main())
