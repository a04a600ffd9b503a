# Two tasks iterate at the same time, each waiting for its own items; time passes for both.
import asyncio


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

async def consume(name, start, delay):
    loop = asyncio.get_running_loop()
    async for item in Countdown(name, start, delay):
        print(item, f"{loop.time():g}")
    print(name, "ends", f"{loop.time():g}")

async def main():
    await asyncio.gather(consume("a", 3, 2), consume("b", 4, 1), consume("c", 0, 1), consume("d", 2, 0))


asyncio.run(main())
