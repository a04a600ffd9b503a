# Fact 114: a waiter that was woken is cancelled; the next is woken although the lock was not released again.
import asyncio

from twin import state


async def main():
    lock = asyncio.Lock()
    await lock.acquire()
    first = asyncio.create_task(lock.acquire())
    await asyncio.sleep(0)
    second = asyncio.create_task(lock.acquire())
    await asyncio.sleep(0)
    print(state(lock))
    lock.release()
    first.cancel()
    await asyncio.sleep(0)
    print(first.cancelled(), state(lock))
    print(await second, state(lock))


asyncio.run(main())
