# An exit stack leaves managers, exit functions and callbacks in the reverse order of their registration.
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

async def exit_function(kind, error, traceback):
    print("exit function", error)

async def async_callback(*args):
    await asyncio.sleep(0)
    print("async callback", *args)

def callback(*args):
    print("callback", *args)

async def main():
    async with contextlib.AsyncExitStack() as stack:
        print(await stack.enter_async_context(Manager("a")))
        stack.push_async_exit(exit_function)
        stack.callback(callback, 1, 2)
        print(await stack.enter_async_context(Manager("b")))
        stack.push_async_callback(async_callback, "x", 3)
        stack.push_async_exit(Manager("pushed"))
        print("body")
    print("after")
    async with contextlib.AsyncExitStack():
        print("nothing to leave")


asyncio.run(main())
