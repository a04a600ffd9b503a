# A step that resolves one future and cancels another, in both orders: the wake-ups keep the order of the calls.
import asyncio

from twin import ticks


async def waiter(name, future, tick):
    try:
        print(name, await future, "in", tick())
    except asyncio.CancelledError:
        print(name, "cancelled in", tick())

async def main():
    loop = asyncio.get_running_loop()
    tick = ticks(loop)
    for resolve_first in [True, False]:
        a, b = loop.create_future(), loop.create_future()
        tasks = [asyncio.create_task(waiter("a", a, tick)), asyncio.create_task(waiter("b", b, tick))]
        await asyncio.sleep(0)
        if resolve_first:
            b.set_result("resolved")
            tasks[0].cancel()
        else:
            tasks[1].cancel()
            a.set_result("resolved")
        print("step ends in", tick())
        for task in tasks:
            await task


asyncio.run(main())
