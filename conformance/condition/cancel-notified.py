# Fact 117: a waiter that is notified, then cancelled before it goes on, passes the notification on.
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

    tasks = [asyncio.create_task(worker(name)) for name in "abc"]
    await asyncio.sleep(0)
    async with condition:
        condition.notify(1)
        tasks[0].cancel()
    await asyncio.wait(tasks[:2])
    print([task.done() for task in tasks], state(condition))
    tasks[2].cancel()
    await asyncio.wait(tasks)


asyncio.run(main())
