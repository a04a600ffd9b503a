# Fact 71: a timeout of wait() returns what is done and what is pending; it raises nothing and cancels nothing.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    a, b = asyncio.create_task(asyncio.sleep(1, "a")), asyncio.create_task(asyncio.sleep(3, "b"))
    done, pending = await asyncio.wait([a, b], timeout=2)
    print(a in done, b in pending, b.done(), f"{loop.time():g}")
    done, pending = await asyncio.wait([b], timeout=0)
    print(len(done), len(pending), f"{loop.time():g}")
    done, pending = await asyncio.wait([a, b], timeout=10)
    print(len(done), len(pending), a.result(), b.result(), f"{loop.time():g}")


asyncio.run(main())
