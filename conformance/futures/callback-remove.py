# Fact 23: remove_done_callback() removes all equal entries and returns how many.
import asyncio


async def main():
    future = asyncio.get_running_loop().create_future()

    def one(f):
        print("one")

    def two(f):
        print("two")

    future.add_done_callback(one)
    future.add_done_callback(two)
    future.add_done_callback(one)
    future.add_done_callback(two)
    print(future.remove_done_callback(one), future.remove_done_callback(one))
    future.add_done_callback(one)
    future.set_result(None)
    await asyncio.sleep(0)
    print(future.remove_done_callback(one), future.remove_done_callback(two))


asyncio.run(main())
