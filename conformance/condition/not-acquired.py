# Fact 118: who waits or notifies without the lock gets an error.
import asyncio

from twin import show, state


async def main():
    condition = asyncio.Condition()
    for wait in [condition.wait(), condition.wait_for(lambda: False)]:
        try:
            await wait
        except RuntimeError as error:
            print(show(error))
    for act in [condition.notify, condition.notify_all, condition.release]:
        try:
            act()
        except RuntimeError as error:
            print(show(error))
    print(await condition.wait_for(lambda: "no lock is needed"), state(condition))


asyncio.run(main())
