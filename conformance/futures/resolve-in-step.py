# A step that resolves several futures wakes their waiters in the order of the calls, and finishes first.
import asyncio


async def waiter(name, future):
    print(name, await future)

async def main():
    loop = asyncio.get_running_loop()
    futures = {name: loop.create_future() for name in "abc"}
    tasks = [asyncio.create_task(waiter(name, futures[name])) for name in "abc"]
    await asyncio.sleep(0)
    futures["c"].set_result(1)
    loop.call_soon(print, "callback")
    futures["a"].set_result(2)
    futures["b"].set_result(3)
    print("step ends")
    await asyncio.sleep(0)
    print("main again", [task.done() for task in tasks])


asyncio.run(main())
