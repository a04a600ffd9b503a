# Fact 142: when main returns, what is left is cancelled and awaited before the run ends.
import asyncio

from twin import show


async def left_over(loop):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError as error:
        print("cancelled", show(error), f"{loop.time():g}")
        await asyncio.sleep(1)
        print("cleaned up", f"{loop.time():g}")
        raise ValueError("from the clean-up")

async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"], show(context["exception"])))
    asyncio.create_task(left_over(loop))
    await asyncio.sleep(2)
    print("main returns", f"{loop.time():g}")


asyncio.run(main())
