# Fact 60: an eager task runs to its first suspension and is a normal task from there on.
import asyncio

from twin import ticks


async def work(name, tick):
    print(name, "starts in", tick())
    await asyncio.sleep(0)
    print(name, "goes on in", tick())
    return name

async def main():
    tick = ticks(asyncio.get_running_loop())
    await asyncio.sleep(0)
    lazy = asyncio.create_task(work("lazy", tick))
    eager = asyncio.create_task(work("eager", tick), eager_start=True)
    print("created in", tick(), lazy.done(), eager.done())
    print(await lazy, await eager, "in", tick())


asyncio.run(main())
