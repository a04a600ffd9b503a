# A generator that yields not at all, twice, or again after an error is no manager; it is closed.
import asyncio
import contextlib

from twin import show


@contextlib.asynccontextmanager
async def never(skip):
    if not skip:
        yield 1

@contextlib.asynccontextmanager
async def twice():
    try:
        yield 1
        yield 2
    finally:
        await asyncio.sleep(0)
        print("closed")

@contextlib.asynccontextmanager
async def again():
    try:
        try:
            yield 1
        except ValueError:
            yield 2
    finally:
        print("closed")

async def main():
    for make, fail in [[lambda: never(True), False], [twice, False], [again, True], [again, False]]:
        try:
            async with make():
                print("body")
                if fail:
                    raise ValueError("body")
            print("goes on")
        except RuntimeError as error:
            print(show(error).replace("athrow", "throw"))


asyncio.run(main())
