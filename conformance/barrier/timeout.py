# A barrier that never fills, with a timeout: the place is free again.
import asyncio

from twin import show, state


async def main():
    barrier = asyncio.Barrier(2)
    try:
        async with asyncio.timeout(1):
            await barrier.wait()
    except asyncio.TimeoutError as error:
        print(show(error), state(barrier))
    task = asyncio.create_task(barrier.wait())
    print(await asyncio.wait_for(barrier.wait(), 1), await task, state(barrier))


asyncio.run(main())
