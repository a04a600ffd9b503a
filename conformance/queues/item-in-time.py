# An item that arrives in the very iteration in which the time runs out is not lost.
import asyncio


async def main():
    queue = asyncio.Queue()
    loop = asyncio.get_running_loop()
    loop.call_later(1, queue.put_nowait, "x")
    try:
        print(await asyncio.wait_for(queue.get(), 1), f"{loop.time():g}")
    except TimeoutError as error:
        print(type(error).__name__, str(queue))


asyncio.run(main())
