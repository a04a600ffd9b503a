# Fact 78: wait_for() waits for the clean-up of what it cancelled; the TimeoutError comes after it.
import asyncio

from twin import show


async def work(loop):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print("cancelled", show(error), f"{loop.time():g}")
        await asyncio.sleep(2)
        print("cleaned up", f"{loop.time():g}")
        raise

async def main():
    loop = asyncio.get_running_loop()
    for make in [work, lambda loop: asyncio.create_task(work(loop))]:
        try:
            await asyncio.wait_for(make(loop), 1)
        except TimeoutError as error:
            print(type(error).__name__, show(error.__cause__), f"{loop.time():g}")
        print(asyncio.current_task().cancelling())


asyncio.run(main())
