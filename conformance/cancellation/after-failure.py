# Cancel between a failure of the awaited future and the resume: the task sees CancelledError, not the failure.
import asyncio

from twin import show


async def work(future):
    try:
        await future
    except BaseException as error:
        print(show(error))
        raise

async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(work(future))
    await asyncio.sleep(0)
    future.set_exception(ValueError("failed"))
    task.cancel("late")
    await asyncio.wait([task])
    print(task.cancelled(), show(future.exception()))


asyncio.run(main())
