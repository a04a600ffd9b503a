# Fact 117: a waiter is cancelled, then one is notified in the same iteration: the notification goes to the next.
import asyncio

from twin import state


async def main():
    condition = asyncio.Condition()

    async def worker(name):
        async with condition:
            try:
                await condition.wait()
                print(name, "woken")
            except asyncio.CancelledError:
                print(name, "cancelled")
                raise

    tasks = [asyncio.create_task(worker(name)) for name in "abcd"]
    await asyncio.sleep(0)
    async with condition:
        tasks[0].cancel()
        condition.notify()
        print(state(condition))
    for _ in range(5):
        await asyncio.sleep(0)
    print([task.done() for task in tasks], state(condition))
    async with condition:
        condition.notify_all()
    await asyncio.wait(tasks)


asyncio.run(main())
