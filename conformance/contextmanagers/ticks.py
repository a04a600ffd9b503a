# A manager costs no iteration of the loop: only what its methods wait for does.
import asyncio

from twin import ticks


class Quiet:
    async def __aenter__(self):
        return 1

    async def __aexit__(self, *details):
        return False

async def main():
    tick = ticks(asyncio.get_running_loop())
    await asyncio.sleep(0)
    for _ in range(3):
        async with Quiet() as value:
            print(value, tick())
        print("left", tick())
    async with Quiet():
        await asyncio.sleep(0)
        print(tick())
    print(tick())


asyncio.run(main())
