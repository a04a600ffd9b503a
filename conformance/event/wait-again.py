# Fact 115: a task that waits again in the step in which it was woken waits for the next set.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    event = asyncio.Event()

    async def worker(name):
        for _ in range(3):
            await event.wait()
            event.clear()
            print(name, "in", tick())

    tasks = [asyncio.create_task(worker(name)) for name in "ab"]
    await asyncio.sleep(0)
    for _ in range(3):
        event.set()
        event.clear()
        event.set()
        await asyncio.sleep(0)
        print(state(event))
    await asyncio.sleep(0)
    print([task.done() for task in tasks])


asyncio.run(main())
