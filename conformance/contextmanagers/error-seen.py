# The error that leaves the body is given to every manager on its way, and comes out at the end.
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

async def main():
    try:
        async with Manager("a"):
            try:
                async with Manager("b"):
                    await asyncio.sleep(0)
                    raise ValueError("one")
            except ValueError as error:
                print("between", chain(error))
                raise TypeError("two") from None
    except TypeError as error:
        print("outside", type(error).__name__)


asyncio.run(main())
