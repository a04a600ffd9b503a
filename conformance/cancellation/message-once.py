# Fact 26: a cancelled task hands out the error that ended it once, and afterwards a bare one; a future keeps its
# message.
import asyncio

from twin import show


async def attempt(label, awaitable):
    for _ in range(3):
        try:
            await awaitable
        except asyncio.CancelledError as error:
            print(label, show(error))

async def main():
    task = asyncio.create_task(asyncio.sleep(10))
    child = asyncio.create_task(asyncio.sleep(10))
    future = asyncio.get_running_loop().create_future()
    gathered = asyncio.gather(child, return_exceptions=True)
    await asyncio.sleep(0)
    for one in [task, child, future]:
        one.cancel("the message")
    await attempt("task", task)
    await attempt("future", future)
    print("gathered", show((await gathered)[0]))


asyncio.run(main())
