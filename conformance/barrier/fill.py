# Fact 122: a barrier gives each party another number and lets all go on when the last has come.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    barrier = asyncio.Barrier(3)

    async def worker(name):
        print(name, await barrier.wait(), state(barrier), barrier.n_waiting, "in", tick())

    tasks = [asyncio.create_task(worker(name)) for name in "ab"]
    await asyncio.sleep(0)
    print(state(barrier), barrier.n_waiting, barrier.parties, barrier.broken)
    await worker("c")
    await asyncio.gather(*tasks)
    print(state(barrier), barrier.n_waiting)


asyncio.run(main())
