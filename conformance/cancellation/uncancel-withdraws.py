# Fact 42: uncancel() down to zero before the delivery withdraws a cancellation that is still pending.
import asyncio


async def work(rounds):
    task = asyncio.current_task()
    for _ in range(rounds):
        task.cancel()
    print("pending", task.cancelling())
    task.uncancel()
    try:
        await asyncio.sleep(0)
        print("not delivered", task.cancelling())
    except asyncio.CancelledError:
        print("delivered", task.cancelling())
    return 42

async def unstarted():
    print("starts", asyncio.current_task().cancelling())

async def main():
    print(await asyncio.create_task(work(1)))
    print(await asyncio.create_task(work(2)))
    task = asyncio.create_task(unstarted())
    task.cancel()
    task.uncancel()
    await task


asyncio.run(main())
