# Fact 122: a barrier that is aborted, or reset, while it drains.
import asyncio

from twin import show, state


async def main():
    for action in ["abort", "reset"]:
        barrier = asyncio.Barrier(3)

        async def worker(name):
            try:
                print(name, await barrier.wait(), state(barrier))
            except asyncio.BrokenBarrierError as error:
                print(name, show(error), state(barrier))

        tasks = [asyncio.create_task(worker(name)) for name in "abcd"]
        await asyncio.sleep(0)
        print(state(barrier))
        await getattr(barrier, action)()
        print(action, state(barrier))
        for _ in range(12):
            await asyncio.sleep(0)
        print([task.done() for task in tasks], state(barrier))
        await barrier.abort()
        await asyncio.gather(*tasks)


asyncio.run(main())
