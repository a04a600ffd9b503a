# Fact 98: a deadline that has passed fires at the first await that suspends, even at sleep(0).
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.sleep(5)
    for make in [lambda: asyncio.timeout(0), lambda: asyncio.timeout(-1), lambda: asyncio.timeout_at(3)]:
        done = loop.create_future()
        done.set_result("a done future is no suspension")
        try:
            async with make() as t:
                print(await done, t.expired())
                await asyncio.sleep(0)
                print("not reached")
        except TimeoutError:
            print("timed out", t.expired(), f"{loop.time():g}")
    async with asyncio.timeout(0) as t:
        pass
    print(t.expired())
    await asyncio.sleep(0)


asyncio.run(main())
