# Fact 34: a task that catches the cancellation and returns has a normal result.
import asyncio

from twin import show


async def work():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        return f"caught {show(error)}"

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(1)
    task.cancel("enough")
    print(await task, task.cancelled(), task.cancelling(), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
