# Facts 6, 22: a done callback that throws is reported; the other callbacks and the awaiting task are not disturbed.
import asyncio

from twin import show


async def waiter(future):
    print("waiter got", await future)

async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print(context["message"][:21], show(context["exception"])))
    future = loop.create_future()

    def broken(f):
        print("broken")
        raise TypeError("in a callback")

    future.add_done_callback(lambda f: print("first"))
    future.add_done_callback(broken)
    task = asyncio.create_task(waiter(future))
    await asyncio.sleep(0)
    future.add_done_callback(broken)
    future.add_done_callback(lambda f: print("last"))
    future.set_result("value")
    await task


asyncio.run(main())
