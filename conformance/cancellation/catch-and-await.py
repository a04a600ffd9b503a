# Fact 35: a cancellation is delivered once; a task that catches it and awaits again keeps running.
import asyncio

from twin import show


async def work(loop):
    for _ in range(2):
        try:
            await asyncio.sleep(2)
            print("slept", f"{loop.time():g}")
        except asyncio.CancelledError as error:
            print(show(error), f"{loop.time():g}")
    await asyncio.sleep(1)
    return "done"

async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(work(loop))
    await asyncio.sleep(1)
    task.cancel("once")
    print(await task, task.cancelling(), f"{loop.time():g}")


asyncio.run(main())
