# Fact 122: an aborted barrier is broken for those that wait and those that come, until it is reset.
import asyncio

from twin import show, state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop(), 40)
    barrier = asyncio.Barrier(3)

    async def worker(name):
        try:
            print(name, await barrier.wait(), state(barrier), "in", tick())
        except asyncio.BrokenBarrierError as error:
            print(name, show(error), isinstance(error, RuntimeError), state(barrier), "in", tick())

    tasks = [asyncio.create_task(worker(name)) for name in "ab"]
    await asyncio.sleep(0)
    await barrier.abort()
    print(state(barrier), barrier.broken, barrier.n_waiting, "in", tick())
    await asyncio.gather(*tasks)
    await worker("late")
    await barrier.reset()
    print(state(barrier), barrier.broken)
    await asyncio.gather(*[worker(name) for name in "xyz"])
    print(state(barrier))


asyncio.run(main())
