# When entering fails, neither the body nor the leaving of that manager run; those around it are left.
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

class Broken(Manager):
    async def __aenter__(self):
        await super().__aenter__()
        raise ValueError("closed today")

async def main():
    try:
        async with Manager("outer"):
            async with Broken("broken"):
                print("never")
    except ValueError as error:
        print(show(error))


asyncio.run(main())
