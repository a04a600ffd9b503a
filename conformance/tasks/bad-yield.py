# Fact 2.4: a task that yields what is not a future gets a RuntimeError, and may go on.
import asyncio
import types

@types.coroutine
def bad():
    yield 5

async def work():
    try:
        await bad()
    except RuntimeError as error:
        print(str(error)[:18], str(error)[-1])
    await asyncio.sleep(0)
    return "went on"

async def main():
    print(await asyncio.create_task(work()))


asyncio.run(main())
