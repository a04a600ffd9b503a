# A loop that is broken off leaves the iterator where it is; else runs only when it came to its end.
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

async def search(items, wanted):
    async for item in items:
        print(item)
        if item == wanted:
            break
    else:
        print("not found")

async def main():
    items = Countdown("a", 5)
    await search(items, "a3")
    print("go on")
    await search(items, "a9")
    await search(items, "a0")


asyncio.run(main())
