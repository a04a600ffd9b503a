# Fact 123: a woken getter that is cancelled passes its wake-up on (test_get_cancel_drop_many_pending_readers).
import asyncio

from twin import show, ticks


async def get(name, queue, tick):
    try:
        print(name, "got", await queue.get(), "in", tick())
    except BaseException as error:
        print(name, show(error), "in", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    queue = asyncio.Queue()
    tasks = [asyncio.create_task(get("a", queue, tick)), asyncio.create_task(get("b", queue, tick)), asyncio.create_task(get("c", queue, tick))]
    await asyncio.sleep(0)
    queue.put_nowait(1)
    queue.put_nowait(2)
    tasks[0].cancel()
    print(str(queue))
    await asyncio.sleep(0)
    print(str(queue), "in", tick())
    await asyncio.gather(*tasks)
    print(str(queue), "in", tick())


asyncio.run(main())
