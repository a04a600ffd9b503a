# Fact 49: current_task() is right in every step, through interleavings and nested awaits, and None in callbacks.
import asyncio


def name():
    task = asyncio.current_task()
    return task.get_name() if task else None

async def nested(depth):
    if depth:
        return await nested(depth - 1)
    await asyncio.sleep(0)
    return name()

async def work(label):
    for depth in [0, 1, 5]:
        print(label, "runs as", name(), "and deeper as", await nested(depth))

async def main():
    loop = asyncio.get_running_loop()
    main_task = asyncio.current_task()
    main_task.set_name("main")
    a = asyncio.create_task(work("a"), name="task a")
    b = asyncio.create_task(work("b"), name="task b")
    a.add_done_callback(lambda t: print("done callback", name()))
    loop.call_soon(lambda: print("callback", name()))
    await a
    await b
    print(name(), asyncio.current_task() is main_task)


asyncio.run(main())
