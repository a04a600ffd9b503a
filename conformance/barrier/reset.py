# Fact 122: a reset sends those that wait away with an error; then the barrier is empty and works.
import asyncio

from twin import show, state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop(), 40)
    barrier = asyncio.Barrier(3)
    await barrier.reset()
    print(state(barrier))

    async def worker(name):
        try:
            print(name, await barrier.wait(), state(barrier), "in", tick())
        except asyncio.BrokenBarrierError as error:
            print(name, show(error), state(barrier), "in", tick())

    tasks = [asyncio.create_task(worker(name)) for name in "ab"]
    await asyncio.sleep(0)
    await barrier.reset()
    print(state(barrier), barrier.broken, "in", tick())
    tasks += [asyncio.create_task(worker(name)) for name in "cde"]
    await asyncio.gather(*tasks)
    print(state(barrier), barrier.broken)


asyncio.run(main())
