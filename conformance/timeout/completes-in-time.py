# The awaited future is set in the iteration of the deadline: the timeout wins, whichever of the two comes first.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    for order in ["value first", "deadline first"]:
        future = loop.create_future()
        deadline = loop.time() + 1
        set_value = lambda: future.done() or future.set_result("value")
        if order == "value first":
            loop.call_at(deadline, set_value)
        try:
            async with asyncio.timeout_at(deadline) as t:
                if order == "deadline first":
                    loop.call_at(deadline, set_value)
                print(order, await future)
        except TimeoutError:
            print(order, "timed out", future.cancelled())
        print(t.expired(), asyncio.current_task().cancelling(), f"{loop.time():g}")


asyncio.run(main())
