# Fact 87: with return_exceptions errors and cancellations are results like others.
import asyncio

from twin import show


async def child(delay, error=None):
    await asyncio.sleep(delay)
    if error:
        raise error
    return delay

async def main():
    loop = asyncio.get_running_loop()
    cancelled = asyncio.create_task(child(4))
    loop.call_later(2, cancelled.cancel)
    results = await asyncio.gather(
        child(3, ValueError("bad")), child(1), cancelled, child(1.5, TypeError("worse")), return_exceptions=True)
    print([result if isinstance(result, int) else show(result) for result in results], f"{loop.time():g}")


asyncio.run(main())
