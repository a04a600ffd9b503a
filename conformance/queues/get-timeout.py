# Fact 124: a getter that ran out of time is not kept (test_cancelled_getters_not_being_held_in_self_getters).
import asyncio

from twin import show


async def main():
    queue = asyncio.Queue(5)
    try:
        await asyncio.wait_for(queue.get(), 0.1)
    except TimeoutError as error:
        print(type(error).__name__)
    print(str(queue))
    for i in range(5):
        queue.put_nowait(i)
    # test_cancelled_puts_not_being_held_in_self_putters
    task = asyncio.create_task(queue.put(5))
    await asyncio.sleep(0)
    print(str(queue))
    task.cancel()
    try:
        await task
    except asyncio.CancelledError as error:
        print(show(error))
    print(str(queue))
    print(await asyncio.wait_for(queue.get(), 0.1))


asyncio.run(main())
