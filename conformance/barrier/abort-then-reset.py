# Fact 122: abort and reset in one iteration, in both orders, while tasks wait.
import asyncio

from twin import show, state


async def main():
    for order in [["abort", "reset"], ["reset", "abort"], ["reset", "reset"]]:
        barrier = asyncio.Barrier(3)

        async def worker(name):
            try:
                print(name, await barrier.wait(), state(barrier))
            except asyncio.BrokenBarrierError as error:
                print(name, show(error), state(barrier))

        tasks = [asyncio.create_task(worker(name)) for name in "ab"]
        await asyncio.sleep(0)
        for action in order:
            await getattr(barrier, action)()
            print(action, state(barrier))
        await asyncio.gather(*tasks)
        print(state(barrier), barrier.broken)


asyncio.run(main())
