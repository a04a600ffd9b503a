# A predicate that fails ends the wait with the lock held, so that the body releases it.
import asyncio

from twin import show, state


async def main():
    condition = asyncio.Condition()
    looks = 0

    def predicate():
        nonlocal looks
        looks += 1
        if looks == 2:
            raise ValueError(f"at look {looks}")
        return False

    async def worker():
        async with condition:
            try:
                await condition.wait_for(predicate)
            finally:
                print(state(condition))

    task = asyncio.create_task(worker())
    await asyncio.sleep(0)
    async with condition:
        condition.notify()
    try:
        await task
    except ValueError as error:
        print(show(error), state(condition))


asyncio.run(main())
