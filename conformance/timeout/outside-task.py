# Fact 101: a timeout works only inside a task.
import asyncio

from twin import show


async def use():
    async with asyncio.timeout(1):
        print("not reached")

async def main():
    loop = asyncio.get_running_loop()

    def by_hand():
        try:
            use().send(None)
        except RuntimeError as error:
            print(show(error))

    loop.call_soon(by_hand)
    await asyncio.sleep(0)


asyncio.run(main())
