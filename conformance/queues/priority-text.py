# Texts are ordered by code points.
import asyncio


async def main():
    queue = asyncio.PriorityQueue()
    for item in ["b", "", "a", "B", "ab", "é", "a", "😀", "￿", "aa"]:
        queue.put_nowait(item)
    while not queue.empty():
        print(queue.get_nowait())


asyncio.run(main())
