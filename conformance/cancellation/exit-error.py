# Fact 44: an exit-class error raised while a cancellation is handled becomes the task's exception and leaves the
# loop.
import asyncio

from twin import show

loop = asyncio.new_event_loop()


async def work():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        raise KeyboardInterrupt

task = loop.create_task(work())
loop.run_until_complete(asyncio.sleep(0))
task.cancel()
try:
    loop.run_until_complete(task)
except KeyboardInterrupt as error:
    print(show(error), task.done(), task.cancelled(), task.exception() is error)
