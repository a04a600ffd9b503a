# Fact 127: one taskDone() too many is a ValueError (test_task_done_underflow).
import asyncio


async def main():
    queue = asyncio.Queue()
    try:
        queue.task_done()
    except ValueError as error:
        print(type(error).__name__)
    queue.put_nowait(1)
    # Before the item is taken is early, but not too often.
    queue.task_done()
    print(str(queue))
    try:
        queue.task_done()
    except ValueError as error:
        print(type(error).__name__)
    await queue.join()


asyncio.run(main())
