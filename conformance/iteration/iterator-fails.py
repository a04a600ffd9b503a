# An error of the iterator ends the loop, as does one of its body.
import asyncio

from twin import show


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

async def main():
    try:
        async for item in Countdown("a", 4, 1, fail_at=2):
            print(item)
    except ValueError as error:
        print(show(error))
    items = Countdown("b", 4)
    try:
        async for item in items:
            print(item)
            raise TypeError("body")
    except TypeError as error:
        print(show(error), items.left)


asyncio.run(main())
