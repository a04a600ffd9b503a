# No other handle runs during a step: what a step schedules, in whatever way, runs after it, in order.
import asyncio


async def child(name):
    print("child", name)

async def helper(depth):
    if depth:
        return await helper(depth - 1)
    print("helper runs inside the step")

async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.add_done_callback(lambda f: print("done callback"))
    done = loop.create_future()
    done.set_result("done")
    for depth in [0, 1, 5]:
        print("step begins")
        loop.call_soon(print, "callback 1")
        task = asyncio.create_task(child(depth))
        if not future.done():
            future.set_result(None)
        await helper(depth)
        print(await done, "is no suspension")
        loop.call_soon(print, "callback 2")
        await helper(depth)
        print("step ends")
        await task


asyncio.run(main())
