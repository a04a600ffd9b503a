# Fact 43: a hand-made timeout block uncancels its own cancellation and lets an outer one through.
import asyncio


async def block(name, delay, body):
    task, loop = asyncio.current_task(), asyncio.get_running_loop()
    expired = False

    def expire():
        nonlocal expired
        expired = True
        task.cancel()

    baseline = task.cancelling()
    handle = loop.call_later(delay, expire)
    try:
        await body
    except asyncio.CancelledError:
        if not expired or task.uncancel() > baseline:
            print(name, "passes it on", task.cancelling(), f"{loop.time():g}")
            raise
        print(name, "timed out", task.cancelling(), f"{loop.time():g}")
    finally:
        handle.cancel()

async def main():
    await block("outer", 5, block("inner", 1, asyncio.sleep(10)))
    await block("outer", 1, block("inner", 5, asyncio.sleep(10)))
    task = asyncio.create_task(block("foreign", 5, asyncio.sleep(10)))
    asyncio.get_running_loop().call_later(1, task.cancel)
    await asyncio.wait([task])
    print(task.cancelled(), task.cancelling())


asyncio.run(main())
