# Fact 122: a waiter that is cancelled makes its place free, so that one more has to come.
import asyncio

from twin import show, state


async def main():
    barrier = asyncio.Barrier(3)

    async def worker(name):
        try:
            print(name, await barrier.wait(), state(barrier))
        except asyncio.CancelledError as error:
            print(name, show(error), state(barrier))
            raise

    tasks = [asyncio.create_task(worker(name)) for name in "ab"]
    await asyncio.sleep(0)
    tasks[0].cancel("leave")
    await asyncio.wait(tasks[:1])
    print(state(barrier), barrier.n_waiting)
    tasks += [asyncio.create_task(worker(name)) for name in "cd"]
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(barrier))


asyncio.run(main())
