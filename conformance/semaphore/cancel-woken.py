# Fact 120: a waiter that is cancelled after it got its permit gives it to the next.
import asyncio

from twin import show, state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    semaphore = asyncio.Semaphore(0)

    async def worker(name):
        try:
            await semaphore.acquire()
            print(name, "has it", state(semaphore), "in", tick())
        except asyncio.CancelledError as error:
            print(name, show(error), state(semaphore), "in", tick())
            raise

    tasks = [asyncio.create_task(worker(name)) for name in "abcd"]
    await asyncio.sleep(0)
    semaphore.release()
    semaphore.release()
    tasks[0].cancel("no")
    print(state(semaphore))
    await asyncio.wait(tasks[:3])
    print([task.done() for task in tasks], state(semaphore))
    semaphore.release()
    tasks[3].cancel("no more")
    await asyncio.wait(tasks)
    print(state(semaphore))


asyncio.run(main())
