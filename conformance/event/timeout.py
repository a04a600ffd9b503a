# An event that is waited for with a timeout.
import asyncio

from twin import show, state


async def main():
    event = asyncio.Event()
    try:
        async with asyncio.timeout(1):
            await event.wait()
    except asyncio.TimeoutError as error:
        print(show(error), state(event))
    asyncio.get_running_loop().call_later(1, event.set)
    async with asyncio.timeout(2):
        print(await event.wait(), state(event))


asyncio.run(main())
