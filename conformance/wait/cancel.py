# Fact 71: cancelling a wait() leaves the children running.
import asyncio

from twin import show


async def child(delay):
    await asyncio.sleep(delay)
    print("child", f"{asyncio.get_running_loop().time():g}")

async def waiter(tasks):
    await asyncio.wait(tasks)

async def main():
    tasks = [asyncio.create_task(child(delay)) for delay in [2, 3]]
    task = asyncio.create_task(waiter(tasks))
    await asyncio.sleep(1)
    task.cancel("stop waiting")
    try:
        await task
    except asyncio.CancelledError as error:
        print(show(error), [one.done() for one in tasks])
    for one in tasks:
        await one


asyncio.run(main())
