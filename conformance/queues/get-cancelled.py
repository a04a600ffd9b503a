# Fact 123, 124: a cancelled getter is not served and not kept; the next one gets the item (test_get_cancelled_race).
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
    first = asyncio.create_task(get("a", queue, tick))
    second = asyncio.create_task(get("b", queue, tick))
    await asyncio.sleep(0)
    first.cancel()
    print(str(queue))
    await asyncio.sleep(0)
    print(first.done(), str(queue))
    await queue.put("x")
    await second
    print(str(queue), "in", tick())


asyncio.run(main())
