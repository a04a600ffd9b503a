# Fact 74: asynchronous iteration of as_completed() gives the same tasks back, finished; it can be resumed after a
# break.
import asyncio


async def child(delay):
    await asyncio.sleep(delay)
    return delay

async def main():
    loop = asyncio.get_running_loop()
    tasks = [asyncio.create_task(child(delay)) for delay in [3, 1, 2]]
    iterator = asyncio.as_completed(tasks)
    async for task in iterator:
        print(tasks.index(task), task.done(), task.result(), f"{loop.time():g}")
        break
    async for task in iterator:
        print(tasks.index(task), task.done(), task.result(), f"{loop.time():g}")
    async for future in asyncio.as_completed([child(1)]):
        print(asyncio.isfuture(future), future.result(), f"{loop.time():g}")


asyncio.run(main())
