# Fact 76: a timeout of as_completed() is a TimeoutError from what it gave; the children are not cancelled.
import asyncio


async def child(delay):
    await asyncio.sleep(delay)
    return delay

async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(child(delay)) for delay in [1, 3, 5]]
    for awaited in asyncio.as_completed(tasks, timeout=2):
        try:
            print(await awaited, f"{loop.time():g}")
        except TimeoutError as error:
            print(type(error).__name__, f"{loop.time():g}")
    print([task.done() for task in tasks])
    print(await tasks[2], await tasks[1], f"{loop.time():g}")


asyncio.run(main())
