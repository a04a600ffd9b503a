# Which step runs in which iteration when tasks, callbacks, timers and futures meet.
import asyncio

log = []

async def worker(name, steps):
    for step in range(steps):
        log.append(f"{name}{step}")
        await asyncio.sleep(0)
    return name

async def nested(depth):
    if depth:
        return await nested(depth - 1)
    await asyncio.sleep(0)
    return "leaf"

async def main():
    loop = asyncio.get_running_loop()
    a = asyncio.create_task(worker("a", 3))
    b = asyncio.create_task(worker("b", 2))
    loop.call_soon(log.append, "soon")
    future = loop.create_future()
    future.add_done_callback(lambda f: log.append(f"callback {f.result()}"))
    loop.call_later(0, future.set_result, 42)
    log.append("main waits")
    log.append(await nested(5))
    log.append(await asyncio.gather(a, b, future))
    print(log)


asyncio.run(main())
