# A cancelled waiter notifies another one even if nobody had notified it: a wake-up without a reason.
import asyncio

from twin import state


async def main():
    condition = asyncio.Condition()

    async def worker(name):
        async with condition:
            try:
                print(name, await condition.wait())
            except asyncio.CancelledError:
                print(name, "cancelled", state(condition))
                raise

    tasks = [asyncio.create_task(worker(name)) for name in "abc"]
    await asyncio.sleep(0)
    tasks[1].cancel()
    await asyncio.wait(tasks[:2])
    print([task.done() for task in tasks], state(condition))
    tasks[2].cancel()
    await asyncio.wait(tasks)
    print(state(condition))


asyncio.run(main())
