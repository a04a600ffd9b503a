# Fact 46: a task that awaits itself gets a RuntimeError, and may go on.
import asyncio


async def work():
    try:
        await asyncio.current_task()
    except RuntimeError as error:
        print(type(error).__name__, str(error)[:26])
    await asyncio.sleep(0)
    return "went on"

async def main():
    print(await asyncio.create_task(work()))


asyncio.run(main())
