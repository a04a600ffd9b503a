# Fact 86: a cancelled child makes the gather fail with CancelledError; the gather itself is not cancelled.
import asyncio


async def child(delay):
    await asyncio.sleep(delay)
    print("child", delay)

async def main():
    tasks = [asyncio.create_task(child(delay)) for delay in [1, 2, 3]]
    outer = asyncio.gather(*tasks)
    await asyncio.sleep(1.5)
    tasks[1].cancel("only this one")
    try:
        await outer
    except asyncio.CancelledError as error:
        print(type(error).__name__, outer.cancelled(), asyncio.current_task().cancelling())
    print([task.done() for task in tasks])
    await tasks[2]


asyncio.run(main())
