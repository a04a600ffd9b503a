# Awaitables that await each other, in the awaiting task: no task is made and no iteration is spent.
import asyncio

from twin import ticks


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

class Both(Wait):
    async def steps(self):
        here = asyncio.current_task()
        first = await Wait("x")
        second = await Wait("y")
        print(asyncio.current_task() is here)
        return f"{first}{second}"

async def main():
    tick = ticks(asyncio.get_running_loop())
    await asyncio.sleep(0)
    before = len(asyncio.all_tasks())
    print(await Both("both"), tick(), len(asyncio.all_tasks()) - before)


asyncio.run(main())
