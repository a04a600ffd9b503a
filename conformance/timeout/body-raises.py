# Fact 97: a body that raises something else while it expires: that error wins, and the count is back to zero.
import asyncio

from twin import show


async def main():
    for how in ["raises", "swallows", "swallows and awaits"]:
        try:
            async with asyncio.timeout(1) as t:
                try:
                    await asyncio.sleep(10)
                except asyncio.CancelledError:
                    if how == "raises":
                        raise ValueError("instead")
                    if how == "swallows and awaits":
                        await asyncio.sleep(1)
            print(how, "no error", end=" ")
        except BaseException as error:
            print(how, show(error), end=" ")
        print(t.expired(), asyncio.current_task().cancelling(), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
