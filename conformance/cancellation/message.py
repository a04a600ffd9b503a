# Fact 26: the message travels with the cancellation, through futures, tasks and shields.
import asyncio

from twin import show


async def parent(awaited):
    await awaited

async def main():
    loop = asyncio.get_running_loop()
    for message in ["stop now", "", None]:
        for what in ["future", "task", "shield"]:
            awaited = loop.create_future() if what == "future" else asyncio.create_task(asyncio.sleep(10))
            outer = asyncio.create_task(parent(asyncio.shield(awaited) if what == "shield" else awaited))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            outer.cancel(message) if message is not None else outer.cancel()
            try:
                await outer
            except asyncio.CancelledError as error:
                print(what, show(error), awaited.cancelled(), outer.cancelled())
            awaited.cancel()


asyncio.run(main())
