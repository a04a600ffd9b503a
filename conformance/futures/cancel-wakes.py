# Tick table: cancel() of a future at k throws CancelledError, with the message, into its waiters at k+1.
import asyncio

from twin import show, ticks


async def waiter(name, future, tick):
    try:
        await future
    except asyncio.CancelledError as error:
        print(name, show(error), "in", tick())
        return "caught"

async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    tick = ticks(loop)
    tasks = [asyncio.create_task(waiter(name, future, tick)) for name in "ab"]
    await asyncio.sleep(0)
    future.add_done_callback(lambda f: print("callback", f.cancelled(), "in", tick()))
    print(future.cancel("stop"), future.cancel("twice"), "in", tick())
    print([await tasks[0], await tasks[1]], tasks[0].cancelled(), "in", tick())


asyncio.run(main())
