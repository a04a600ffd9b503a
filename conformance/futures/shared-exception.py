# An error set on a future reaches every waiter, and it is the same object each time.
import asyncio

from twin import show


async def waiter(name, future, seen):
    try:
        await future
    except ValueError as error:
        print(name, show(error))
        seen.append(error)

async def main():
    future = asyncio.get_running_loop().create_future()
    seen = []
    tasks = [asyncio.create_task(waiter(name, future, seen)) for name in "abc"]
    await asyncio.sleep(0)
    future.set_exception(ValueError("shared"))
    for task in tasks:
        await task
    await waiter("late", future, seen)
    print(len(seen), all(error is future.exception() for error in seen))


asyncio.run(main())
