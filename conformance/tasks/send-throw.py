# A coroutine can be driven by hand: send() and throw() go to the place where it is suspended.
import asyncio
import inspect
import types

from twin import show

@types.coroutine
def turn():
    yield

async def work():
    print("started")
    try:
        await turn()
        print("resumed")
        await turn()
    except ValueError as error:
        print("thrown", show(error))
        await turn()
    return "result"

def attempt(action):
    try:
        print("suspended", action() is None)
    except StopIteration as stop:
        print("ended with", stop.value)
    except (RuntimeError, ValueError) as error:
        print(show(error))

async def main():
    coro = work()
    print(inspect.getcoroutinestate(coro)[5:].lower())
    attempt(lambda: coro.send(None))
    print(inspect.getcoroutinestate(coro)[5:].lower())
    attempt(lambda: coro.send(None))
    attempt(lambda: coro.throw(ValueError("by hand")))
    attempt(lambda: coro.send(None))
    print(inspect.getcoroutinestate(coro)[5:].lower())
    attempt(lambda: coro.send(None))
    unstarted = work()
    attempt(lambda: unstarted.throw(ValueError("before the start")))
    print(inspect.getcoroutinestate(unstarted)[5:].lower())


asyncio.run(main())
