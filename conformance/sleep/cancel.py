# Fact 69: cancelling a sleep cancels its timer, so that nothing keeps the loop until then.
import asyncio


async def work(delay):
    try:
        return await asyncio.sleep(delay, "slept")
    except asyncio.CancelledError:
        print("cancelled at", f"{asyncio.get_running_loop().time():g}")
        raise

async def main():
    loop = asyncio.get_running_loop()
    long, short = asyncio.create_task(work(100)), asyncio.create_task(work(1))
    loop.call_later(2, long.cancel)
    print(await short, f"{loop.time():g}")
    await asyncio.wait([long])
    print(long.cancelled(), f"{loop.time():g}")


asyncio.run(main())
