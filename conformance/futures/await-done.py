# Fact 27: awaiting a done future does not suspend, at any depth, whether it gives a value or an error.
import asyncio

from twin import show


async def through(depth, future):
    if depth:
        return await through(depth - 1, future)
    return await future

async def main():
    loop = asyncio.get_running_loop()
    done = loop.create_future()
    done.set_result("value")
    failed = loop.create_future()
    failed.set_exception(ValueError("bad"))
    loop.call_soon(print, "the loop turns")
    for depth in [0, 1, 5]:
        print(depth, await through(depth, done), await done)
        try:
            await through(depth, failed)
        except ValueError as error:
            print(depth, show(error))
    print("now suspending")
    await asyncio.sleep(0)
    print("end")


asyncio.run(main())
