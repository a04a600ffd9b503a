# Managers made of generators, one used in another, with an error that passes through both.
import asyncio
import contextlib

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

@contextlib.asynccontextmanager
async def inner(name):
    print("open", name)
    try:
        yield name
    except ValueError as error:
        print(name, "saw", show(error))
        raise
    finally:
        print("close", name)

@contextlib.asynccontextmanager
async def outer():
    async with inner("x"):
        async with Manager("y"):
            yield "outer"
            print("the body ended well")

async def main():
    for fail in [False, True]:
        try:
            async with outer() as value:
                print("body", value)
                if fail:
                    raise ValueError("body")
        except ValueError as error:
            print(chain(error))


asyncio.run(main())
