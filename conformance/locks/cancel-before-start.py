# Fact 114: a task that is cancelled before its first step never asks for the lock.
import asyncio

from twin import state


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    task = asyncio.create_task(lock.acquire())
    task.cancel()
    await asyncio.sleep(0)
    print(task.cancelled(), state(lock))
    lock.release()
    print(state(lock))


asyncio.run(main())
