# Facts 47, 48: what create_task() and ensure_future() refuse, wrap and return unchanged.
import asyncio


async def work():
    return "wrapped"

async def main():
    for value in [123, "text", None]:
        try:
            asyncio.create_task(value)
        except TypeError as error:
            print(str(error)[:26])
        try:
            asyncio.ensure_future(value)
        except TypeError as error:
            print(type(error).__name__)
    future = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(work())
    print(asyncio.ensure_future(future) is future, asyncio.ensure_future(task) is task)
    print(asyncio.isfuture(future), asyncio.isfuture(task), asyncio.isfuture(123))
    print(await asyncio.ensure_future(work()), await task)


asyncio.run(main())
