# A manager that is cancelled while it is entered is not left; those around it are.
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

async def work():
    async with Manager("outer"):
        async with Manager("inner", delay=10):
            print("never")

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(5)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as error:
        print(show(error), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
