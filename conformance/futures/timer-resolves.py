# Tick table: a timer that resolves a future wakes the task one iteration later, at the same time of the clock.
import asyncio


async def waiter(name, future, loop):
    print(name, await future, f"{loop.time():g}")
    loop.call_soon(print, name, "scheduled")

async def main():
    loop = asyncio.get_running_loop()
    first, second = loop.create_future(), loop.create_future()
    loop.call_later(1, first.set_result, "one")
    loop.call_later(1, print, "after the first timer")
    loop.call_later(1.5, second.set_result, "two")
    tasks = [asyncio.create_task(waiter("x", second, loop)), asyncio.create_task(waiter("y", first, loop))]
    print(await first, "main", f"{loop.time():g}")
    print(await second, "main", f"{loop.time():g}")
    print([task.done() for task in tasks])


asyncio.run(main())
