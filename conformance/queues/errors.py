# getNowait() on an empty queue, putNowait() on a full one, an unlimited one for maxsize < 0 (test_nonblocking_*).
import asyncio

from twin import show


async def main():
    queue = asyncio.Queue(1)
    try:
        queue.get_nowait()
    except Exception as error:
        print(show(error))
    queue.put_nowait(1)
    try:
        queue.put_nowait(2)
    except Exception as error:
        print(show(error))
    print(queue.qsize(), str(queue))
    endless = asyncio.Queue(-1)
    for i in range(100):
        endless.put_nowait(i)
    print(endless.qsize(), endless.full(), endless.maxsize)
    # test_float_maxsize
    fraction = asyncio.Queue(1.5)
    fraction.put_nowait("a")
    print(fraction.full())
    fraction.put_nowait("b")
    print(fraction.full())


asyncio.run(main())
