# An error of leaving replaces the one of the body, which stays in its context; further out the new one is seen.
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
    for body_fails in [False, True]:
        try:
            async with Manager("outer", fail="third"):
                async with Manager("inner", fail="second"):
                    if body_fails:
                        raise TypeError("first")
                    print("body")
        except ValueError as error:
            print(chain(error))
    async with Manager("swallows", swallow=True):
        async with Manager("fails", fail="gone"):
            pass
    print("after")


asyncio.run(main())
