# Fact 122: a task is cancelled while the barrier drains, another while it waits for the drain to end.
import asyncio

from twin import show, state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop(), 40)
    barrier = asyncio.Barrier(3)

    async def worker(name):
        try:
            print(name, await barrier.wait(), state(barrier), "in", tick())
        except asyncio.CancelledError as error:
            print(name, show(error), state(barrier), "in", tick())
            raise

    tasks = [asyncio.create_task(worker(name)) for name in "abcdef"]
    await asyncio.sleep(0)
    print(state(barrier))
    tasks[0].cancel("draining")
    tasks[3].cancel("blocked")
    for _ in range(12):
        await asyncio.sleep(0)
    print([task.done() for task in tasks], state(barrier))
    await worker("g")
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(barrier))


asyncio.run(main())
