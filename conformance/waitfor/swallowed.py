# Facts 79, 80: what the timed out coroutine returns or raises instead of the cancellation wins.
import asyncio

from twin import show


async def work(how):
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        if how == "raises":
            raise ValueError("instead")
        return "value"

async def main():
    loop = asyncio.get_running_loop()
    for how in ["returns", "raises"]:
        for make in [work, lambda how: asyncio.create_task(work(how))]:
            try:
                print(await asyncio.wait_for(make(how), 1), f"{loop.time():g}")
            except BaseException as error:
                print(show(error), f"{loop.time():g}")
            print(asyncio.current_task().cancelling())


asyncio.run(main())
