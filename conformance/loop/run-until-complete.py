# run_until_complete() takes coroutines, tasks and futures, gives their results and errors, and can be repeated.
import asyncio

from twin import show

loop = asyncio.new_event_loop()


async def answer(value):
    await asyncio.sleep(value)
    return value

async def fail():
    await asyncio.sleep(1)
    raise ValueError("failed")

print(loop.run_until_complete(answer(1)), f"{loop.time():g}")
task = loop.create_task(answer(2))
print(loop.run_until_complete(task), f"{loop.time():g}")
print(loop.run_until_complete(task), f"{loop.time():g}")
future = loop.create_future()
loop.call_later(1, future.set_result, "set")
print(loop.run_until_complete(future), f"{loop.time():g}")
for _ in range(2):
    try:
        loop.run_until_complete(fail())
    except ValueError as error:
        print(show(error), f"{loop.time():g}")
cancelled = loop.create_future()
loop.call_later(1, cancelled.cancel, "gone")
try:
    loop.run_until_complete(cancelled)
except asyncio.CancelledError as error:
    print(show(error), f"{loop.time():g}")
