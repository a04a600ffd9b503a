# Tick table: a callback added to a done future runs in the next iteration.
import asyncio

from twin import ticks


async def main():
    loop = asyncio.get_running_loop()
    tick = ticks(loop)
    future = loop.create_future()
    future.set_result("ready")
    await asyncio.sleep(0)

    def callback(f):
        print(f.result(), "in", tick())
        if tick() < 4:
            f.add_done_callback(callback)

    print("adding in", tick())
    future.add_done_callback(callback)
    print("added")
    for _ in range(5):
        await asyncio.sleep(0)
    print("main in", tick())


asyncio.run(main())
