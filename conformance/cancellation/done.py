# Fact 26: cancel() of a finished task returns False, counts nothing and changes nothing.
import asyncio

from twin import show


async def work():
    return "value"

async def fail():
    raise ValueError("bad")

async def main():
    task, failed, cancelled = [asyncio.create_task(coro) for coro in [work(), fail(), work()]]
    cancelled.cancel("first")
    await asyncio.wait([task, failed, cancelled])
    for one in [task, failed, cancelled]:
        print(one.cancel("late"), one.cancelled(), one.cancelling(), one.done())
    print(task.result(), show(failed.exception()))
    try:
        await cancelled
    except asyncio.CancelledError as error:
        print(show(error))


asyncio.run(main())
