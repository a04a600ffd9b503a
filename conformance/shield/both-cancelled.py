# Cancelling inner and outer in the same tick, in either order; and the shield of a task that ends in that tick.
import asyncio

from twin import show


async def inner():
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return "value"

async def outer(task):
    return await asyncio.shield(task)

async def main():
    for order in ["inner first", "outer first", "inner ends"]:
        task = asyncio.create_task(inner())
        waiting = asyncio.create_task(outer(task))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        if order == "inner ends":
            await asyncio.sleep(0)
            waiting.cancel("outer")
        else:
            for one in [task, waiting] if order == "inner first" else [waiting, task]:
                one.cancel("inner" if one is task else "outer")
        try:
            await waiting
        except asyncio.CancelledError as error:
            print(order, show(error), waiting.cancelled(), task.cancelled())


asyncio.run(main())
