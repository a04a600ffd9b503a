# Fact 22: done callbacks never run synchronously; they run in the next iteration in order of registration.
import asyncio

from twin import ticks


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    tick = ticks(loop)
    for name in ["first", "second", "third"]:
        future.add_done_callback(lambda f, name=name: print(name, f.result(), "in", tick()))
    await asyncio.sleep(0)
    print("setting in", tick())
    loop.call_soon(lambda: print("scheduled before", tick()))
    future.set_result(42)
    loop.call_soon(lambda: print("scheduled after", tick()))
    print("set in", tick())
    await asyncio.sleep(0)
    print("main in", tick())


asyncio.run(main())
