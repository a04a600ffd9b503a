# A wait that times out has the lock again when the timeout arrives.
import asyncio

from twin import show, state


async def main():
    loop = asyncio.get_running_loop()
    condition = asyncio.Condition()

    async def hog():
        await asyncio.sleep(1)
        async with condition:
            await asyncio.sleep(2)

    task = asyncio.create_task(hog())
    async with condition:
        try:
            async with asyncio.timeout(2):
                await condition.wait()
        except asyncio.TimeoutError as error:
            print(show(error), state(condition), f"at {loop.time():.0f}")
    await task
    print(state(condition))


asyncio.run(main())
