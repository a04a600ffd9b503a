# Fact 115: waiters that are cancelled before and after the event is set; the others are not concerned.
import asyncio

from twin import show, state, ticks


async def main():
    tick = ticks(asyncio.get_running_loop())
    event = asyncio.Event()

    async def worker(name):
        try:
            await event.wait()
            print(name, state(event), "in", tick())
        except asyncio.CancelledError as error:
            print(name, show(error), state(event), "in", tick())
            raise

    tasks = [asyncio.create_task(worker(name)) for name in "abcd"]
    await asyncio.sleep(0)
    tasks[0].cancel("before")
    print(state(event))
    event.set()
    tasks[1].cancel("after")
    print(state(event), tasks[3].cancel("last"))
    await asyncio.wait(tasks)
    print([task.cancelled() for task in tasks], state(event))


asyncio.run(main())
