# Errors in an exit stack go through it as through nested managers: seen, replaced with their context, swallowed.
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

def fail():
    raise TypeError("callback")

async def use(*managers, body_fails):
    async with contextlib.AsyncExitStack() as stack:
        for manager in managers:
            if callable(manager):
                stack.callback(manager)
            else:
                await stack.enter_async_context(manager)
        if body_fails:
            raise RuntimeError("body")
    print("goes on")

async def main():
    for body_fails in [False, True]:
        for managers in [
            [Manager("a"), Manager("b", fail="b")],
            [Manager("c", fail="c"), fail, Manager("d", fail="d")],
            [Manager("e"), Manager("f", swallow=True), Manager("g", fail="g")],
            [Manager("h", fail="h"), Manager("i", swallow=True)],
            [Manager("j", swallow=True), fail],
        ]:
            try:
                await use(*managers, body_fails=body_fails)
            except Exception as error:
                print(chain(error))


asyncio.run(main())
