# Fact 116: a cancelled wait gets the lock back first; it is held when the error arrives.
import asyncio

from twin import show, state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    condition = asyncio.Condition()

    async def worker():
        await condition.acquire()
        try:
            await condition.wait()
        except asyncio.CancelledError as error:
            print(show(error), state(condition), "in", tick())
            condition.release()
            raise

    task = asyncio.create_task(worker())
    await asyncio.sleep(0)
    print(state(condition))
    await condition.acquire()
    task.cancel("go home")
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(task.done(), state(condition), "in", tick())
    condition.release()
    await asyncio.wait([task])
    print(task.cancelled(), state(condition), "in", tick())


asyncio.run(main())
