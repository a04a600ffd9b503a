# Fact 115: an event that is set and cleared at once wakes those that waited when it was set, and nobody else.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    event = asyncio.Event()

    async def worker(name):
        await event.wait()
        print(name, state(event), "in", tick())

    tasks = [asyncio.create_task(worker("a")), asyncio.create_task(worker("b"))]
    await asyncio.sleep(0)
    event.set()
    event.clear()
    print(state(event))
    tasks.append(asyncio.create_task(worker("late")))
    await asyncio.sleep(0)
    print(state(event), [task.done() for task in tasks])
    await asyncio.sleep(0)
    event.set()
    await asyncio.gather(*tasks)
    print(state(event))


asyncio.run(main())
