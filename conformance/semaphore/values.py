# Facts 119 and 121: initial values, releasing more than was acquired, a bound.
import asyncio

from twin import show, state


async def main():
    for make in [asyncio.Semaphore, asyncio.BoundedSemaphore]:
        print(state(make()), "|", state(make(0)), "|", state(make(3)))
        try:
            make(-1)
        except ValueError as error:
            print(show(error))
        semaphore = make(1)
        for _ in range(2):
            try:
                semaphore.release()
            except ValueError as error:
                print(show(error))
        print(state(semaphore))
        async with semaphore:
            print(state(semaphore), semaphore.locked())
        print(state(semaphore), semaphore.locked())


asyncio.run(main())
