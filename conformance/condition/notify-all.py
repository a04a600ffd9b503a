# A condition wakes all; they get the lock one after the other, and newcomers stand behind them.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    condition = asyncio.Condition()

    async def worker(name):
        await condition.acquire()
        await condition.wait()
        print(name, "in", tick())
        await asyncio.sleep(0)
        condition.release()

    async def newcomer():
        async with condition:
            print("newcomer in", tick())

    tasks = [asyncio.create_task(worker(name)) for name in "abc"]
    await asyncio.sleep(0)
    await condition.acquire()
    condition.notify_all()
    print(condition.locked(), state(condition))
    tasks.append(asyncio.create_task(newcomer()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    print(condition.locked(), state(condition), "in", tick())
    condition.release()
    await asyncio.gather(*tasks)
    print(state(condition))


asyncio.run(main())
