# Tick table: a timer that is due cancels in its iteration, the body sees it one iteration later.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    for depth in [0, 1, 3]:
        await asyncio.sleep(1)
        future = loop.create_future()
        try:
            async with asyncio.timeout(1):
                def spy():
                    print("timer of the same time", future.done())
                    loop.call_soon(print, "one iteration later")

                loop.call_later(1, spy)
                await nested(depth, future)
        except TimeoutError:
            print("converted", future.cancelled(), f"{loop.time():g}")
        await asyncio.sleep(0)

async def nested(depth, future):
    try:
        await (nested(depth - 1, future) if depth else future)
    except asyncio.CancelledError:
        print("seen at depth", depth)
        raise


asyncio.run(main())
