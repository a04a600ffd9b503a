# All ends of a manager made of a generator: well, with the error passing through, swallowed, replaced.
import asyncio
import contextlib

from twin import chain, show


@contextlib.asynccontextmanager
async def passes(name):
    print("enter", name)
    await asyncio.sleep(0)
    try:
        yield name * 2
    finally:
        await asyncio.sleep(0)
        print("leave", name)

@contextlib.asynccontextmanager
async def swallows():
    try:
        yield 1
    except ValueError as error:
        await asyncio.sleep(0)
        print("swallowed", show(error))

@contextlib.asynccontextmanager
async def replaces():
    try:
        yield 2
    except ValueError as error:
        raise RuntimeError("instead")

async def use(manager, fail):
    try:
        async with manager as value:
            print("body", value)
            if fail:
                raise ValueError("body")
        print("goes on")
    except Exception as error:
        print(chain(error))

async def main():
    for fail in [False, True]:
        await use(passes("ab"), fail)
        await use(swallows(), fail)
        await use(replaces(), fail)


asyncio.run(main())
