# Fact 121: releasing a lock that is not locked is an error.
import asyncio

from twin import show


async def main():
    lock = asyncio.Lock()
    for _ in range(2):
        try:
            lock.release()
        except RuntimeError as error:
            print(show(error))
        await lock.acquire()
        lock.release()
    print(lock.locked())


asyncio.run(main())
