# Fact 116: a task that is cancelled again and again while it gets the lock back throws the last of the errors.
import asyncio

from twin import show, state


async def main():
    condition = asyncio.Condition()

    async def worker():
        async with condition:
            try:
                await condition.wait()
            except asyncio.CancelledError as error:
                print(show(error), state(condition), asyncio.current_task().cancelling())
                raise

    for notified in [False, True]:
        task = asyncio.create_task(worker())
        await asyncio.sleep(0)
        await condition.acquire()
        if notified:
            condition.notify()
        else:
            task.cancel("first")
        for message in ["second", "third"]:
            await asyncio.sleep(0)
            task.cancel(message)
            print(task.done(), state(condition))
        await asyncio.sleep(0)
        condition.release()
        await asyncio.wait([task])
        print(task.cancelled(), state(condition))


asyncio.run(main())
