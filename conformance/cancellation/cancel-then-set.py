# Cancel first, then the producer comes: the future is already cancelled and must be asked before it is set.
import asyncio


async def work(future):
    try:
        return await future
    except asyncio.CancelledError:
        return "cancelled first"

async def main():
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(work(future))
    await asyncio.sleep(0)
    task.cancel()
    print(future.done(), future.cancelled())
    try:
        future.set_result("value")
    except asyncio.InvalidStateError as error:
        print(type(error).__name__)
    print(await task)


asyncio.run(main())
