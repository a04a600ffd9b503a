# A PriorityQueue gives the smallest item first, with heapq's order inside.
import asyncio


async def main():
    queue = asyncio.PriorityQueue()
    for item in [5, 3, 8, 1, 9, 2, 7, 3, 1, 6]:
        await queue.put(item)
        print(str(queue))
    while not queue.empty():
        print(await queue.get(), str(queue))


asyncio.run(main())
