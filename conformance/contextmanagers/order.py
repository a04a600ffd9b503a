# Entering, body and leaving, in this order; the innermost manager is left first. Other tasks run while a manager
# waits.
import asyncio

from twin import show


class Manager:
    def __init__(self, name, swallow=False, fail=None, delay=0):
        self.name, self.swallow, self.fail, self.delay = name, swallow, fail, delay

    async def __aenter__(self):
        print("enter", self.name)
        await asyncio.sleep(self.delay)
        return self.name.upper()

    async def __aexit__(self, kind, error, traceback):
        print("exit", self.name, show(error) if error else None)
        await asyncio.sleep(self.delay)
        if self.fail:
            raise ValueError(self.fail)
        return self.swallow

async def other():
    for i in range(6):
        print("other", i)
        await asyncio.sleep(0)

async def main():
    task = asyncio.create_task(other())
    async with Manager("a") as a:
        async with Manager("b") as b:
            print("body", a, b)
            await asyncio.sleep(0)
            print("body ends")
    print("after")
    await task


asyncio.run(main())
