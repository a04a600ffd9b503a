# Fact 122: a barrier needs at least one party; with one nobody waits.
import asyncio

from twin import show, state


async def main():
    for parties in [0, -1]:
        try:
            asyncio.Barrier(parties)
        except ValueError as error:
            print(show(error))
    barrier = asyncio.Barrier(1)
    asyncio.get_running_loop().call_soon(print, "next iteration")
    for _ in range(3):
        print(await barrier.wait(), state(barrier))
    async with barrier as position:
        print("inside", position, state(barrier))
    await asyncio.sleep(0)


asyncio.run(main())
