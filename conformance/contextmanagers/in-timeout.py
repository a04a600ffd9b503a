# A timeout cancels the body of a manager, which sees a CancelledError; one around the leaving interrupts that.
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

async def main():
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(5):
            async with Manager("a", delay=1):
                await asyncio.sleep(100)
    except TimeoutError:
        print("timed out", f"{loop.time():g}")
    try:
        async with Manager("b", delay=1):
            async with asyncio.timeout(5):
                await asyncio.sleep(100)
    except TimeoutError:
        print("timed out", f"{loop.time():g}")
    try:
        async with asyncio.timeout(5):
            async with Manager("c", delay=4):
                print("body", f"{loop.time():g}")
    except TimeoutError:
        print("timed out", f"{loop.time():g}")


asyncio.run(main())
