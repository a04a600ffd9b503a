# A manager that gives True swallows the error: the program goes on behind it, managers further out see none.
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
    async with Manager("outer"):
        async with Manager("inner", swallow=True):
            async with Manager("innermost"):
                raise ValueError("lost")
        print("behind")
    print("after")
    async with Manager("unharmed", swallow=True):
        print("nothing to swallow")


asyncio.run(main())
