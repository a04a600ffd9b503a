# Fact 65: with the eager factory every task starts at once, unless it says otherwise.
import asyncio


async def work(name):
    print(name, "runs")

async def main():
    loop = asyncio.get_running_loop()
    print(loop.get_task_factory())
    loop.set_task_factory(asyncio.eager_task_factory)
    print(loop.get_task_factory() is asyncio.eager_task_factory)
    a = asyncio.create_task(work("a"))
    b = asyncio.create_task(work("b"), eager_start=False)
    print(a.done(), b.done())
    await b
    async with asyncio.TaskGroup() as tg:
        c = tg.create_task(work("c"))
        print(c.done())
    loop.set_task_factory(None)
    d = asyncio.create_task(work("d"))
    print(d.done())
    await d


asyncio.run(main())
