# Fact 110: a group that is shutting down or finished takes no more tasks.
import asyncio
import inspect

from twin import show


async def work():
    print("never runs")

def attempt(label, group):
    coro = work()
    try:
        group.create_task(coro)
    except RuntimeError as error:
        print(label, type(error).__name__, str(error).split("> ")[-1], inspect.getcoroutinestate(coro)[5:].lower())

async def fail():
    raise ValueError("child")

async def main():
    async with asyncio.TaskGroup() as group:
        pass
    attempt("finished:", group)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail())
            try:
                await asyncio.sleep(10)
            except asyncio.CancelledError:
                attempt("failing:", group)
                raise
    except ExceptionGroup as error:
        print(show(error))


asyncio.run(main())
