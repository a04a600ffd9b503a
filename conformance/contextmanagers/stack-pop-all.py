# pop_all moves everything to a new stack: the old one leaves nothing, the new one when it is closed, once.
import asyncio
import contextlib

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

async def acquire(fail):
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(Manager("a"))
        await stack.enter_async_context(Manager("b"))
        if fail:
            raise ValueError("half way")
        return stack.pop_all()

async def main():
    try:
        await acquire(True)
    except ValueError as error:
        print(show(error))
    stack = await acquire(False)
    print("acquired")
    await stack.aclose()
    print("closed")
    await stack.aclose()
    stack.callback(print, "used again")
    await stack.aclose()


asyncio.run(main())
