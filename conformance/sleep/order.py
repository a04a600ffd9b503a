# Sleepers wake in the order of their due times, whoever began first.
import asyncio


async def sleeper(name, *delays):
    loop = asyncio.get_running_loop()
    for delay in delays:
        await asyncio.sleep(delay)
        print(name, f"{loop.time():g}")

async def main():
    tasks = [
        asyncio.create_task(sleeper("a", 3, 0.25)),
        asyncio.create_task(sleeper("b", 1, 1, 2.5)),
        asyncio.create_task(sleeper("c", 0.5, 0, 1.25)),
        asyncio.create_task(sleeper("d", 0, 0)),
    ]
    for task in tasks:
        await task
    print("all at", f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
