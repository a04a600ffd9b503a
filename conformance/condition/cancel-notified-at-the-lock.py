# Fact 117: a waiter that was notified is cancelled while it waits for the lock: another one is notified.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    condition = asyncio.Condition()

    async def worker(name):
        async with condition:
            try:
                await condition.wait()
                print(name, "woken in", tick())
            except asyncio.CancelledError:
                print(name, "cancelled in", tick())
                raise

    tasks = [asyncio.create_task(worker(name)) for name in "ab"]
    await asyncio.sleep(0)
    await condition.acquire()
    condition.notify(1)
    await asyncio.sleep(0)
    tasks[0].cancel()
    await asyncio.sleep(0)
    print([task.done() for task in tasks], state(condition))
    condition.release()
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(condition))


asyncio.run(main())
