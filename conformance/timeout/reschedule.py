# Fact 99: a timeout can be off, moved, and switched off again while it is active.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    async with asyncio.timeout(None) as t:
        print(t.when(), t.expired())
        await asyncio.sleep(5)
        t.reschedule(loop.time() + 1)
        print(f"{t.when():g}")
        await asyncio.sleep(0.5)
        t.reschedule(loop.time() + 2)
        await asyncio.sleep(1.5)
        t.reschedule(None)
        print(t.when(), f"{loop.time():g}")
        await asyncio.sleep(10)
    print(t.expired(), f"{loop.time():g}")
    try:
        async with asyncio.timeout(100) as t:
            t.reschedule(loop.time() - 1)
            await asyncio.sleep(1)
    except TimeoutError:
        print(t.expired(), f"{loop.time():g}")


asyncio.run(main())
