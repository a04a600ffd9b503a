# A condition wakes as many as it is told, in their order; each goes on when it gets the lock.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop(), 40)
    condition = asyncio.Condition()

    async def worker(name):
        async with condition:
            print(name, await condition.wait(), state(condition), "in", tick())

    tasks = [asyncio.create_task(worker(name)) for name in "abcdef"]
    await asyncio.sleep(0)
    for n in [1, 0, 2, -1, 9]:
        async with condition:
            condition.notify(n)
            print("notified", n, state(condition), "in", tick())
        for _ in range(4):
            await asyncio.sleep(0)
        print(state(condition), [task.done() for task in tasks])


asyncio.run(main())
