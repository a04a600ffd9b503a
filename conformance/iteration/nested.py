# Loops inside of loops: breaking off the inner one goes on with the outer one.
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

async def main():
    async for outer in Countdown("a", 3):
        async for inner in Countdown("b", 3, 0):
            if inner == "b0":
                break
            print(outer, inner)
    print(f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
