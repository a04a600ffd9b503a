# Fact 64: cancelling an eager task after it completed is a no-op; after it suspended, the message is delivered.
import asyncio

from twin import show


async def work(block):
    try:
        if block:
            await asyncio.sleep(10)
        return "done"
    except asyncio.CancelledError as error:
        print("delivered", show(error))
        raise

async def cancel_self():
    asyncio.current_task().cancel("myself")
    return "value"

async def main():
    for block in [False, True]:
        task = asyncio.create_task(work(block), eager_start=True)
        print(task.cancel("stop"), task.done())
        await asyncio.wait([task])
        print(task.cancelled())
    task = asyncio.create_task(cancel_self(), eager_start=True)
    print(task.done(), task.cancelled())


asyncio.run(main())
