# A cancellation while a manager is left interrupts the leaving; the error of the body stays in the context.
import asyncio

from twin import chain, show


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

async def work(fail):
    async with Manager("outer"):
        async with Manager("inner", delay=10):
            if fail:
                raise ValueError("first")

async def main():
    for fail in [False, True]:
        task = asyncio.create_task(work(fail))
        await asyncio.sleep(15)
        task.cancel("hurry")
        try:
            await task
        except asyncio.CancelledError as error:
            print(chain(error), task.cancelled(), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
