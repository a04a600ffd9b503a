# Fact 122: of seven tasks at a barrier for two, one is left.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop(), 60)
    barrier = asyncio.Barrier(2)

    async def worker(name):
        print(name, await barrier.wait(), "in", tick())

    tasks = [asyncio.create_task(worker(name)) for name in "abcdefg"]
    for _ in range(30):
        await asyncio.sleep(0)
    print([task.done() for task in tasks], state(barrier))
    await worker("last")
    await asyncio.gather(*tasks)
    print(state(barrier))


asyncio.run(main())
