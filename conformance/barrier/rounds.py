# Fact 122: tasks that come back while the round drains wait for the next round.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop(), 60)
    barrier = asyncio.Barrier(2)

    async def worker(name):
        for i in range(3):
            print(name, i, await barrier.wait(), state(barrier), "in", tick())

    await asyncio.gather(*[worker(name) for name in "ab"])
    print(state(barrier))


asyncio.run(main())
