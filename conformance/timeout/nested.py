# Fact 95: with different deadlines each timeout converts its own cancellation.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    for outer_delay, inner_delay in [[1, 2], [2, 1]]:
        start = loop.time()
        try:
            async with asyncio.timeout(outer_delay) as outer:
                try:
                    async with asyncio.timeout(inner_delay) as inner:
                        await asyncio.sleep(10)
                except BaseException as error:
                    print("inner", type(error).__name__, inner.expired(), f"{loop.time() - start:g}")
                    await asyncio.sleep(10)
        except BaseException as error:
            print("outer", type(error).__name__, outer.expired(), inner.expired(), f"{loop.time() - start:g}")
        print(asyncio.current_task().cancelling())


asyncio.run(main())
