# What wait_for() waits for would end at the very time of the deadline: the deadline's timer was set first, and wins.
import asyncio

from twin import show


async def work(until):
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_at(until, lambda: future.done() or future.set_result("value"))
    return await future

async def main():
    loop = asyncio.get_running_loop()
    for early in [0.5, 0]:
        for make in [work, lambda until: asyncio.create_task(work(until))]:
            awaited = make(loop.time() + 1 - early)
            try:
                print(await asyncio.wait_for(awaited, 1), f"{loop.time():g}")
            except TimeoutError as error:
                print(show(error), f"{loop.time():g}")
            if isinstance(awaited, asyncio.Task):
                print(awaited.cancelled())


asyncio.run(main())
