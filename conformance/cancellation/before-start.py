# Fact 32: a task cancelled before its first step never runs, and ends as cancelled with the message.
import asyncio

from twin import show, ticks


async def work():
    print("never runs")

async def main():
    tick = ticks(asyncio.get_running_loop())
    task = asyncio.create_task(work())
    task.add_done_callback(lambda t: print("callback", t.cancelled(), "in", tick()))
    print(task.cancel("too early"), task.cancelled(), task.done(), task.cancelling())
    await asyncio.sleep(0)
    print(task.cancelled(), task.done(), "in", tick())
    try:
        await task
    except asyncio.CancelledError as error:
        print(show(error))


asyncio.run(main())
