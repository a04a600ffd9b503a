# Fact 113: a free lock is acquired without giving up the turn.
import asyncio


async def main():
    lock = asyncio.Lock()
    asyncio.get_running_loop().call_soon(print, "next iteration")
    for i in range(3):
        print(await lock.acquire(), lock.locked())
        lock.release()
    async with lock:
        print("inside", lock.locked())
    print("after", lock.locked())
    await asyncio.sleep(0)


asyncio.run(main())
