# Facts 11, 12: a task for a closed loop is refused.
import asyncio
import inspect

from twin import show

loop = asyncio.new_event_loop()


async def work():
    print("never runs")

loop.close()
coro = work()
try:
    loop.create_task(coro)
except RuntimeError as error:
    print(show(error))
coro.close()
print(inspect.getcoroutinestate(coro)[5:].lower())
