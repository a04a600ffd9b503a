# Two cancels before the delivery: how often CancelledError arrives depends on what the task waits for.
import asyncio

from twin import show


async def on_future(future):
    caught = 0
    for _ in range(3):
        try:
            await future
        except asyncio.CancelledError as error:
            caught += 1
            print("  caught", show(error))
            future = asyncio.get_running_loop().create_future()
            asyncio.get_running_loop().call_soon(lambda f=future: f.done() or f.set_result(None))
    return caught

async def on_turn(_):
    caught = 0
    for _ in range(3):
        try:
            await asyncio.sleep(0)
        except asyncio.CancelledError as error:
            caught += 1
            print("  caught", show(error))
    return caught

async def main():
    for work in [on_future, on_turn]:
        task = asyncio.create_task(work(asyncio.get_running_loop().create_future()))
        await asyncio.sleep(0)
        print(task.cancel("first"), task.cancel("second"), task.cancelling())
        print(await task, task.cancelled())


asyncio.run(main())
