# Fact 120: of four that wait, two are cancelled before and after permits come; no permit is lost.
import asyncio

from twin import state


async def main():
    semaphore = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(semaphore.acquire()) for _ in range(4)]
    await asyncio.sleep(0)
    semaphore.release()
    semaphore.release()
    tasks[0].cancel()
    tasks[1].cancel()
    for _ in range(3):
        await asyncio.sleep(0)
    print([task.done() and not task.cancelled() for task in tasks], state(semaphore))


asyncio.run(main())
