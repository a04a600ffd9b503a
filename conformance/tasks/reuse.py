# Fact 55: a coroutine that has ended, failed or been closed cannot be awaited again.
import asyncio

from twin import show


async def work(fail):
    await asyncio.sleep(0)
    if fail:
        raise ValueError("failed")
    return "result"

async def attempt(label, coro):
    try:
        print(label, await coro)
    except (RuntimeError, ValueError) as error:
        print(label, show(error))

async def main():
    ended, failed, closed, in_task = work(False), work(True), work(False), work(False)
    await attempt("first:", ended)
    await attempt("again:", ended)
    await attempt("first:", failed)
    await attempt("again:", failed)
    closed.close()
    await attempt("closed:", closed)
    await asyncio.create_task(in_task)
    await attempt("after its task:", in_task)
    try:
        await asyncio.create_task(ended)
    except RuntimeError as error:
        print("as a task:", show(error))


asyncio.run(main())
