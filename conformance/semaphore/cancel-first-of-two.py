# Fact 120: the first of two that wait is cancelled when the permit is there already: the second gets it.
import asyncio

from twin import state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    semaphore = asyncio.Semaphore(1)

    async def worker(name, pause):
        async with semaphore:
            print(name, "in", tick())
            for _ in range(pause):
                await asyncio.sleep(0)

    first = asyncio.create_task(worker("first", 2))
    await asyncio.sleep(0)
    second = asyncio.create_task(worker("second", 0))
    third = asyncio.create_task(worker("third", 0))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.sleep(0)
    print(state(semaphore), "in", tick())
    await asyncio.wait([first, second, third])
    print(second.cancelled(), state(semaphore))


asyncio.run(main())
