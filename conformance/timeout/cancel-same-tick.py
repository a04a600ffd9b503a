# A foreign cancellation and the deadline in the same iteration: the task stays cancelled, the timeout is expired.
import asyncio


async def work():
    try:
        async with asyncio.timeout(1) as t:
            await asyncio.sleep(10)
    except BaseException as error:
        print(type(error).__name__, t.expired(), asyncio.current_task().cancelling())
        raise

async def main():
    loop = asyncio.get_running_loop()
    for order in ["cancel first", "deadline first"]:
        task = asyncio.create_task(work())
        if order == "cancel first":
            loop.call_later(1, task.cancel, "foreign")
        await asyncio.sleep(0.5)
        if order == "deadline first":
            loop.call_later(0.5, task.cancel, "foreign")
        await asyncio.wait([task])
        print(order, task.cancelled(), f"{loop.time():g}")


asyncio.run(main())
