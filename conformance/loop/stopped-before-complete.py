# Fact 10: run_until_complete() of a loop that is stopped fails, and the task goes on in the next run.
import asyncio

from twin import show

loop = asyncio.new_event_loop()


async def work():
    await asyncio.sleep(2)
    print("work done at", f"{loop.time():g}")
    return "result"

task = loop.create_task(work())
loop.call_later(1, loop.stop)
try:
    loop.run_until_complete(task)
except RuntimeError as error:
    print(show(error), task.done(), f"{loop.time():g}")
print(loop.run_until_complete(task), task.done())
