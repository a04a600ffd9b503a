# Fact 69: sleep(0, result) takes exactly one turn of the loop and returns the result; a negative delay is the same.
import asyncio

from twin import ticks


async def main():
    loop = asyncio.get_running_loop()
    tick = ticks(loop)
    for delay in [0, 0, -1, -0.5]:
        before = tick()
        print(await asyncio.sleep(delay, "result"), "took", tick() - before)
    print(await asyncio.sleep(0), f"{loop.time():g}")
    print(await asyncio.sleep(2, [1, 2]), f"{loop.time():g}")


asyncio.run(main())
