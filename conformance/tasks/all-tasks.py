# Fact 49: all_tasks() holds the tasks that are not done.
import asyncio


async def work(delay):
    await asyncio.sleep(delay)

async def main():
    def names():
        return sorted(task.get_name() for task in asyncio.all_tasks())

    asyncio.current_task().set_name("main")
    tasks = [asyncio.create_task(work(delay), name=f"t{delay}") for delay in [1, 2, 3]]
    print(names())
    await tasks[0]
    print(names())
    tasks[2].cancel()
    print(names())
    await asyncio.sleep(0)
    print(names())
    await tasks[1]
    print(names())


asyncio.run(main())
