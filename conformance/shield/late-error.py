# Fact 92: an inner task that fails after its shield was cancelled is reported to the exception handler.
import asyncio

from twin import show


async def fail(label):
    await asyncio.sleep(2)
    raise TypeError(label)

async def main():
    loop = asyncio.get_running_loop()

    def handler(loop, context):
        print(context["message"], show(context["exception"]), f"{loop.time():g}")

    loop.set_exception_handler(handler)
    once = asyncio.create_task(fail("shielded once"))
    shielded = asyncio.shield(once)
    await asyncio.sleep(1)
    shielded.cancel()
    await asyncio.sleep(2)
    kept = asyncio.create_task(fail("shield kept"))
    shielded = asyncio.shield(kept)
    try:
        await shielded
    except TypeError as error:
        print("not reported", show(error))


asyncio.run(main())
