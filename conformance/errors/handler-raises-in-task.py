# Facts 6, 7: the exception handler throws while tasks run: the tasks are not disturbed.
import asyncio


async def work(name):
    for step in range(2):
        await asyncio.sleep(0)
        print(name, step)

async def main():
    loop = asyncio.get_running_loop()
    loop.default_exception_handler = lambda context: print("default:", context["message"])

    def handler(loop, context):
        raise RuntimeError("broken handler")

    def broken():
        raise ValueError("broken callback")

    loop.set_exception_handler(handler)
    tasks = [asyncio.create_task(work(name)) for name in "ab"]
    loop.call_soon(broken)
    await asyncio.gather(*tasks)
    print("unharmed")


asyncio.run(main())
