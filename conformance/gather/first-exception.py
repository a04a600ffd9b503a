# Fact 85: the first exception propagates at once, the siblings run on, and what they raise later is not reported.
import asyncio

from twin import show


async def child(delay, fail):
    await asyncio.sleep(delay)
    print("child", delay)
    if fail:
        raise ValueError(f"child {delay}")

async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("reported", context["message"]))
    try:
        await asyncio.gather(child(3, True), child(1, True), child(2, False))
    except ValueError as error:
        print(show(error), f"{loop.time():g}")
    await asyncio.sleep(5)


asyncio.run(main())
