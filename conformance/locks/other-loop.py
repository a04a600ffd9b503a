# A lock belongs to the loop in which somebody had to wait for it; without waiting it can be used in any.
import asyncio

from twin import state


lock = asyncio.Lock()


async def use():
    async with lock:
        print(state(lock))


async def contend():
    await lock.acquire()
    task = asyncio.create_task(use())
    await asyncio.sleep(0)
    lock.release()
    await task


for body in [use, use, contend, use, contend]:
    try:
        asyncio.run(body())
    except RuntimeError as error:
        print(type(error).__name__, str(error).endswith("is bound to a different event loop"), state(lock))
        if lock.locked():
            lock.release()


async def wait_again():
    await lock.acquire()
    try:
        await lock.acquire()
    except RuntimeError as error:
        print(str(error).split("[")[1])
    lock.release()


asyncio.run(wait_again())
