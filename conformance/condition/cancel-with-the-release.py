# Fact 116: the lock is released and the reacquiring task cancelled in one iteration: it gets the lock in the end.
import asyncio

from twin import show, state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    condition = asyncio.Condition()

    async def worker():
        async with condition:
            try:
                await condition.wait()
            except asyncio.CancelledError as error:
                print(show(error), state(condition), "in", tick())
                raise

    task = asyncio.create_task(worker())
    await asyncio.sleep(0)
    await condition.acquire()
    condition.notify()
    await asyncio.sleep(0)
    condition.release()
    task.cancel("late")
    print(state(condition), "in", tick())
    async with condition:
        print("newcomer in", tick())
    await asyncio.wait([task])
    print(task.cancelled(), state(condition))


asyncio.run(main())
