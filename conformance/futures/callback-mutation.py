# Fact 24: callbacks may add and remove callbacks while they run; nothing is skipped, nothing runs twice.
import asyncio


async def main():
    future = asyncio.get_running_loop().create_future()

    def remover(f):
        print("remover", f.remove_done_callback(last), f.remove_done_callback(remover))

    def adder(f):
        print("adder")
        f.add_done_callback(lambda f: print("added"))

    def last(f):
        print("last")

    future.add_done_callback(remover)
    future.add_done_callback(adder)
    future.add_done_callback(last)
    future.set_result(None)
    print("removed before they run", future.remove_done_callback(adder))
    await asyncio.sleep(0)
    print("one turn")
    await asyncio.sleep(0)
    print("two turns")


asyncio.run(main())
