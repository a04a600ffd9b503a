# Facts 31, 55: calling a coroutine function runs nothing; awaiting it runs it at once, a task in the next iteration.
import asyncio


async def work(name):
    print(name, "runs")
    return name

async def main():
    direct, as_task, closed = work("direct"), work("as a task"), work("closed")
    print("called")
    task = asyncio.create_task(as_task)
    print("task made")
    print("awaited", await direct)
    closed.close()
    closed.close()
    print(await task)


asyncio.run(main())
