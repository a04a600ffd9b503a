# test_task_done: two workers share the work; the sum is right when join() returns.
import asyncio

from twin import show


async def worker(name, queue):
    while True:
        item = await queue.get()
        if item == 98:
            print(name, "has", item)
        await asyncio.sleep(0)
        queue.task_done()

async def main():
    queue = asyncio.Queue()
    for i in range(100):
        queue.put_nowait(i)
    tasks = [asyncio.create_task(worker("one", queue)), asyncio.create_task(worker("two", queue))]
    await queue.join()
    print(str(queue), [task.done() for task in tasks])
    for task in tasks:
        task.cancel()
    try:
        await asyncio.gather(*tasks)
    except asyncio.CancelledError as error:
        print(show(error))


asyncio.run(main())
