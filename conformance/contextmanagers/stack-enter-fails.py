# When a manager cannot be entered, the exit stack leaves those that it has entered before.
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

async def work(manager_delay):
    async with contextlib.AsyncExitStack() as stack:
        for name, delay in [["a", 0], ["b", manager_delay], ["c", 0]]:
            await stack.enter_async_context(Manager(name, delay=delay))
        print("never")

async def main():
    task = asyncio.create_task(work(10))
    await asyncio.sleep(1)
    task.cancel("no time")
    try:
        await task
    except asyncio.CancelledError as error:
        print(show(error))
    try:
        async with contextlib.AsyncExitStack() as stack:
            stack.callback(print, "left")
            await stack.enter_async_context(None)
    except TypeError as error:
        print(type(error).__name__)


asyncio.run(main())
