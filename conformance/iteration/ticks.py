# Iterating costs no iteration of the loop by itself, whether or not the items are waited for.
import asyncio

from twin import ticks


class Countdown:
    def __init__(self, name, start, delay=1, fail_at=None):
        self.name, self.left, self.delay, self.fail_at = name, start, delay, fail_at

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.left == 0:
            raise StopAsyncIteration
        if self.left == self.fail_at:
            raise ValueError(self.name)
        await asyncio.sleep(self.delay)
        self.left -= 1
        return f"{self.name}{self.left}"

class Now(Countdown):
    async def __anext__(self):
        if self.left == 0:
            raise StopAsyncIteration
        self.left -= 1
        return self.left

async def main():
    tick = ticks(asyncio.get_running_loop())
    await asyncio.sleep(0)
    async for item in Now("n", 3):
        print(item, tick())
    print("end", tick())
    async for item in Countdown("c", 3, 0):
        print(item, tick())
    print("end", tick())
    async for item in Countdown("d", 2, 0):
        await asyncio.sleep(0)
        print(item, tick())
    print("end", tick())


asyncio.run(main())
