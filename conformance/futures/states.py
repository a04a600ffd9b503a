# Fact 25: what result(), exception() and the setters do in each state.
import asyncio

from twin import show


def attempt(label, action):
    try:
        print(label, action())
    except BaseException as error:
        print(label, type(error).__name__ if isinstance(error, asyncio.InvalidStateError) else show(error))

async def main():
    loop = asyncio.get_running_loop()
    pending, done, failed, cancelled = [loop.create_future() for _ in range(4)]
    done.set_result(7)
    failed.set_exception(ValueError("bad"))
    print(cancelled.cancel("why"), cancelled.cancel("again"), done.cancel())
    for name, future in [["pending", pending], ["done", done], ["failed", failed], ["cancelled", cancelled]]:
        print(name, future.done(), future.cancelled())
        attempt("  result:", lambda: future.result())
        attempt("  exception:", lambda: show(future.exception()) if future.exception() else None)
        if future is not pending:
            attempt("  set result:", lambda: future.set_result(8))
            attempt("  set exception:", lambda: future.set_exception(TypeError("no")))
    print(done.result(), show(failed.exception()))


asyncio.run(main())
