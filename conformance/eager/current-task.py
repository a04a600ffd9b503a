# Facts 61, 62, 66: during its eager step a task is the current one, is among all tasks and knows its name.
import asyncio


def here():
    names = sorted(task.get_name() for task in asyncio.all_tasks())
    return [asyncio.current_task().get_name(), *names]

async def inner():
    print("inner", here())

async def outer(block):
    print("outer", here())
    asyncio.create_task(inner(), name="inner", eager_start=True)
    print("outer", here())
    if block:
        await asyncio.sleep(0)
        print("outer later", here())

async def main():
    asyncio.current_task().set_name("main")
    for block in [False, True]:
        task = asyncio.create_task(outer(block), name="outer", eager_start=True)
        print("main", here(), task.done())
        await task


asyncio.run(main())
