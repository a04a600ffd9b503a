# Fact 22: done callbacks of a task and the wake-ups of those who await it share one order of registration.
import asyncio


async def work():
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    return 1

async def awaiter(name, task):
    await task
    print(name)

async def main():
    task = asyncio.create_task(work())
    task.add_done_callback(lambda t: print("callback 1"))
    first = asyncio.create_task(awaiter("awaiter 1", task))
    await asyncio.sleep(0)
    task.add_done_callback(lambda t: print("callback 2"))
    second = asyncio.create_task(awaiter("awaiter 2", task))
    await asyncio.sleep(0)
    task.add_done_callback(lambda t: print("callback 3"))
    await second
    print(first.done())


asyncio.run(main())
