# A cancellation comes out where the loop waits: for the next item, or in its body. No item is lost by it.
import asyncio

from twin import show


class Countdown:
    def __init__(self, name, start, delay=1, fail_at=None):
        self.name, self.left, self.delay, self.fail_at = name, start, delay, fail_at

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.left == 0:
            raise StopAsyncIteration
        if self.left == self.fail_at:
            raise ValueError(self.name)
        await asyncio.sleep(self.delay)
        self.left -= 1
        return f"{self.name}{self.left}"

async def consume(items, body_delay):
    try:
        async for item in items:
            print(item)
            await asyncio.sleep(body_delay)
    except asyncio.CancelledError as error:
        print("cancelled", show(error), items.left)
        raise

async def main():
    for item_delay, body_delay in [[2, 0], [0, 2]]:
        items = Countdown("a", 5, item_delay)
        task = asyncio.create_task(consume(items, body_delay))
        await asyncio.sleep(5)
        task.cancel("enough")
        await asyncio.wait([task])
        print(task.cancelled())
        async for item in items:
            print("the rest", item)


asyncio.run(main())
