# Fact 115: an event wakes all that wait, in their order, in one iteration; afterwards nobody waits.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    event = asyncio.Event()

    async def worker(name):
        print(name, await event.wait(), state(event), "in", tick())

    tasks = [asyncio.create_task(worker(name)) for name in "abc"]
    await asyncio.sleep(0)
    print(state(event), event.is_set())
    event.set()
    print(state(event), "in", tick())
    await worker("late")
    await asyncio.gather(*tasks)
    print(state(event), event.is_set())


asyncio.run(main())
