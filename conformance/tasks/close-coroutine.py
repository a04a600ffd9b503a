# close() of a suspended coroutine runs its finally blocks; of an unstarted one nothing.
import asyncio
import inspect
import types

from twin import show

@types.coroutine
def turn():
    yield

async def inner():
    try:
        await turn()
    finally:
        print("inner cleaned up")

async def outer():
    try:
        await inner()
        print("not reached")
    finally:
        print("outer cleaned up")

async def main():
    suspended, unstarted = outer(), outer()
    suspended.send(None)
    suspended.close()
    print(inspect.getcoroutinestate(suspended)[5:].lower())
    unstarted.close()
    print(inspect.getcoroutinestate(unstarted)[5:].lower())
    suspended.close()
    try:
        await suspended
    except RuntimeError as error:
        print(show(error))


asyncio.run(main())
