# Tick table: a task in sleep(0) waits for nothing; the cancellation arrives at its step that is already queued.
import asyncio

from twin import ticks


async def work(tick):
    try:
        while True:
            print("turn in", tick())
            await asyncio.sleep(0)
    except asyncio.CancelledError:
        print("cancelled in", tick())
        raise

async def main():
    tick = ticks(asyncio.get_running_loop())
    task = asyncio.create_task(work(tick))
    for _ in range(3):
        await asyncio.sleep(0)
    print("cancelling in", tick())
    task.cancel()
    task.add_done_callback(lambda t: print("callback in", tick()))
    await asyncio.wait([task])
    print("main in", tick())


asyncio.run(main())
