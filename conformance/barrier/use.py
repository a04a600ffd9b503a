# Fact 122: a barrier as a context manager gives the position; leaving it does nothing.
import asyncio

from twin import show, state


async def main():
    barrier = asyncio.Barrier(3)

    async def worker(name):
        async with barrier as position:
            print(name, position, state(barrier))
            await asyncio.sleep(position)
            if position == 0:
                raise ValueError("of the body")
        return name

    for result in await asyncio.gather(*[worker(name) for name in "abc"], return_exceptions=True):
        print(result if isinstance(result, str) else show(result))
    print(state(barrier))


asyncio.run(main())
