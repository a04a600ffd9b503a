# Fact 70: wait() takes iterators, and the same task twice is one task.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    a, b = asyncio.create_task(asyncio.sleep(1)), asyncio.create_task(asyncio.sleep(2))
    done, pending = await asyncio.wait(iter([a, b, a]))
    print(len(done), len(pending), a in done, b in done, f"{loop.time():g}")
    done, pending = await asyncio.wait([a, a])
    print(len(done), len(pending), f"{loop.time():g}")


asyncio.run(main())
