# Fact 91: a shield passes on the inner result, error or cancellation; a done inner future is returned as it is.
import asyncio


async def child(what):
    await asyncio.sleep(1)
    if what == "fails":
        raise ValueError("inner")
    return what

async def main():
    loop = asyncio.get_running_loop()
    for what in ["returns", "fails", "cancelled"]:
        task = asyncio.create_task(child(what))
        shielded = asyncio.shield(task)
        if what == "cancelled":
            loop.call_later(0.5, task.cancel)
        try:
            print(what, await shielded)
        except BaseException as error:
            print(what, type(error).__name__, shielded.cancelled(), asyncio.current_task().cancelling())
        print(asyncio.shield(task) is task, shielded is task)
    print(await asyncio.shield(child("a coroutine")), f"{loop.time():g}")


asyncio.run(main())
