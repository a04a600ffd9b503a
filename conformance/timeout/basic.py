# Fact 93: an expired timeout raises TimeoutError with the CancelledError as its cause, and leaves no trace in the
# task.
import asyncio

from twin import show


async def nested(depth):
    await (nested(depth - 1) if depth else asyncio.sleep(10))

async def main():
    loop = asyncio.get_running_loop()
    for depth in [0, 1, 5]:
        try:
            async with asyncio.timeout(1) as t:
                print(t.when() == loop.time() + 1, t.expired())
                await nested(depth)
                print("not reached")
        except TimeoutError as error:
            print(show(error), show(error.__cause__), t.expired(), f"{loop.time():g}")
        print(asyncio.current_task().cancelling())
    async with asyncio.timeout(5) as t:
        await asyncio.sleep(1)
    print(t.expired(), f"{loop.time():g}")
    await asyncio.sleep(10)
    print("not cancelled later", f"{loop.time():g}")


asyncio.run(main())
