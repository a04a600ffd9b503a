# Fact 73: FIRST_EXCEPTION returns at the first failure; cancelled children do not count as one.
import asyncio

from twin import show


async def child(delay, fail=False):
    await asyncio.sleep(delay)
    if fail:
        raise ValueError(f"at {delay}")

async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(child(*args)) for args in [[1], [2], [3, True], [4]]]
    loop.call_later(1.5, tasks[1].cancel)
    done, pending = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    print([task in done for task in tasks], f"{loop.time():g}")
    print(tasks[1].cancelled(), show(tasks[2].exception()))
    done, pending = await asyncio.wait([tasks[3], tasks[0]], return_when=asyncio.FIRST_EXCEPTION)
    print(len(done), len(pending), f"{loop.time():g}")


asyncio.run(main())
