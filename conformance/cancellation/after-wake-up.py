# Cancel between wake-up and resume: the task gets CancelledError at its queued step, the value is lost to it.
import asyncio

from twin import show, ticks


async def nested(depth, future):
    return await nested(depth - 1, future) if depth else await future

async def work(depth, future, tick):
    try:
        print("got", await nested(depth, future))
    except asyncio.CancelledError as error:
        print(depth, show(error), "in", tick(), future.result())
        raise

async def main():
    loop = asyncio.get_running_loop()
    tick = ticks(loop, 30)
    for depth in [0, 1, 5]:
        future = loop.create_future()
        task = asyncio.create_task(work(depth, future, tick))
        await asyncio.sleep(0)
        future.set_result("value")
        print(task.cancel("late"), future.cancelled(), "in", tick())
        await asyncio.wait([task])
        print(task.cancelled())


asyncio.run(main())
