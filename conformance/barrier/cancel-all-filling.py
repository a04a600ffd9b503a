# Fact 122: all that wait are cancelled; the barrier is empty and works.
import asyncio

from twin import state


async def main():
    barrier = asyncio.Barrier(3)
    tasks = [asyncio.create_task(barrier.wait()) for _ in range(2)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(barrier))
    print(await asyncio.gather(*[barrier.wait() for _ in range(3)]), state(barrier))


asyncio.run(main())
