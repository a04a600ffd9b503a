# gather, wait, shield and ensure_future take objects with an __await__; each becomes a task.
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
    loop = asyncio.get_running_loop()
    print(await asyncio.gather(Wait("a", 2), Wait("b", 1)), f"{loop.time():g}")
    results = await asyncio.gather(Wait("c", 2, True), Wait("d", 1), return_exceptions=True)
    print(show(results[0]), results[1])
    task = asyncio.ensure_future(Wait("e", 5))
    print(isinstance(task, asyncio.Task), await asyncio.shield(task))
    one = Wait("f", 1)
    print(await asyncio.gather(one, one))


asyncio.run(main())
