# A task that is cancelled in an awaitable of its program's own: the steps are cancelled with it.
import asyncio

from twin import show


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
    async def work():
        return await Wait("a", 10)

    task = asyncio.create_task(work())
    await asyncio.sleep(1)
    task.cancel("enough")
    try:
        await task
    except asyncio.CancelledError as error:
        print(show(error), task.cancelled())
    try:
        async with asyncio.timeout(3):
            await Wait("b", 10)
    except TimeoutError:
        print("timed out", f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
