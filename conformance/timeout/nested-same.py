# Fact 94: of nested timeouts with the same deadline only the outermost converts the cancellation; all are expired.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    timeouts = []
    try:
        async with asyncio.timeout_at(1) as outer:
            timeouts.append(outer)
            try:
                async with asyncio.timeout_at(1) as inner:
                    timeouts.append(inner)
                    await asyncio.sleep(10)
            except BaseException as error:
                print("inner", type(error).__name__, asyncio.current_task().cancelling())
                raise
    except BaseException as error:
        print("outer", type(error).__name__, asyncio.current_task().cancelling())
    print([timeout.expired() for timeout in timeouts], f"{loop.time():g}")


asyncio.run(main())
