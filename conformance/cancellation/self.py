# Fact 36: a task that cancels itself goes on to its next await that suspends; a done future does not suspend.
import asyncio

from twin import show, ticks


async def work(loop, tick):
    done = loop.create_future()
    done.set_result("done future")
    print(asyncio.current_task().cancel("myself"))
    print("still running", await done)
    try:
        print("suspending in", tick())
        await asyncio.sleep(0)
    except asyncio.CancelledError as error:
        print("delivered", show(error), "in", tick())
    await asyncio.sleep(0)
    return "went on"

async def main():
    loop = asyncio.get_running_loop()
    tick = ticks(loop)
    task = asyncio.create_task(work(loop, tick))
    print(await task, task.cancelled(), task.cancelling(), "in", tick())


asyncio.run(main())
