# Fact 83: wait_for() of a shielded task times out, and the task survives.
import asyncio


async def work():
    await asyncio.sleep(3)
    return "survived"

async def main():
    loop = asyncio.get_running_loop()
    task = asyncio.create_task(work())
    for timeout in [1, 0]:
        try:
            await asyncio.wait_for(asyncio.shield(task), timeout)
        except TimeoutError as error:
            print(type(error).__name__, task.done(), f"{loop.time():g}")
    print(await asyncio.wait_for(asyncio.shield(task), 5), f"{loop.time():g}")


asyncio.run(main())
