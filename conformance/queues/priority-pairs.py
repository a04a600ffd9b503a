# [priority, item] compare by their first difference, as Python's lists and tuples do.
import asyncio


async def main():
    queue = asyncio.PriorityQueue()
    for item in [[2, "code"], [1, "eat"], [3, "sleep"], [1, "drink"], [1], [2, "code", 1], [0.5, []], [1, "eat", [3]], [1, "eat", [2, "x"]]]:
        queue.put_nowait(item)
    print(str(queue))
    while not queue.empty():
        print(queue.get_nowait())


asyncio.run(main())
