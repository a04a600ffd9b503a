# Fact 72: FIRST_COMPLETED reports everything that is done when the waiter wakes up, not only the first.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    futures = [loop.create_future() for _ in range(4)]
    task = asyncio.create_task(asyncio.wait(futures, return_when=asyncio.FIRST_COMPLETED))
    await asyncio.sleep(0)
    futures[0].set_result(0)
    loop.call_soon(futures[1].set_result, 1)
    loop.call_soon(loop.call_soon, futures[2].set_exception, ValueError("two"))
    done, pending = await task
    print([future in done for future in futures], [future in pending for future in futures])
    print([future.done() for future in futures])
    futures[2].exception()


asyncio.run(main())
