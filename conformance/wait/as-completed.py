# Fact 75: whatever order they are awaited in, what as_completed() gives resolves in the order of completion.
import asyncio


async def child(delay):
    await asyncio.sleep(delay)
    return delay

async def main():
    loop = asyncio.get_running_loop()
    for awaited in asyncio.as_completed([child(3), child(1), child(2)]):
        print(await awaited, f"{loop.time():g}")
    first, second, third = asyncio.as_completed([child(3), child(1), child(2)])
    print(await third, f"{loop.time():g}")
    print(await first, f"{loop.time():g}")
    print(await second, f"{loop.time():g}")
    print([awaited for awaited in asyncio.as_completed([])])


asyncio.run(main())
