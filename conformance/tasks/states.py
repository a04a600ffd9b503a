# Facts 25, 45: result() and exception() of a task in each state; nobody else may set them.
import asyncio

from twin import show


def attempt(label, action):
    try:
        print(label, action())
    except (asyncio.InvalidStateError, RuntimeError) as error:
        print(label, type(error).__name__)
    except BaseException as error:
        print(label, show(error))

async def work(what):
    await asyncio.sleep(0)
    if what == "failed":
        raise ValueError("bad")
    if what == "cancelled":
        asyncio.current_task().cancel()
        await asyncio.sleep(0)
    return what

async def main():
    for what in ["returned", "failed", "cancelled"]:
        task = asyncio.create_task(work(what))
        attempt("pending result:", task.result)
        attempt("pending exception:", task.exception)
        await asyncio.wait([task])
        print(what, task.done(), task.cancelled(), task.cancelling())
        attempt("  result:", task.result)
        attempt("  exception:", lambda: show(task.exception()) if task.exception() else None)
        attempt("  set result:", lambda: task.set_result(1))
        attempt("  set exception:", lambda: task.set_exception(ValueError()))
        print("  cancel:", task.cancel())


asyncio.run(main())
