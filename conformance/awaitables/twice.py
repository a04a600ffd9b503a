# An object with an __await__ of its own can be awaited as often as one likes; each time its steps are run anew.
import asyncio

from twin import show, ticks


class Wait:
    def __init__(self, name, delay=0, fail=False):
        self.name, self.delay, self.fail, self.times = name, delay, fail, 0

    async def steps(self):
        self.times += 1
        try:
            await asyncio.sleep(self.delay)
            if self.fail:
                raise ValueError(self.name)
            return f"{self.name}{self.times}"
        finally:
            print(self.name, "left", f"{asyncio.get_running_loop().time():g}")

    def __await__(self):
        return self.steps().__await__()

async def main():
    tick = ticks(asyncio.get_running_loop())
    await asyncio.sleep(0)
    own = Wait("a")
    print(await own, tick())
    print(await own, tick())
    try:
        await Wait("b", fail=True)
    except ValueError as error:
        print(show(error), tick())


asyncio.run(main())
