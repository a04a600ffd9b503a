# Fact 77: wait_for() with no time: a done future gives its result, a coroutine is never started, a task is
# cancelled.
import asyncio


async def work(label):
    print(label, "starts")
    try:
        await asyncio.sleep(10)
    finally:
        print(label, "leaves")

async def main():
    done = asyncio.get_running_loop().create_future()
    done.set_result("result")
    for timeout in [0, -1]:
        print(await asyncio.wait_for(done, timeout))
        running = asyncio.create_task(work("running task"))
        await asyncio.sleep(0)
        for awaited in [work("coroutine"), asyncio.create_task(work("new task")), running]:
            try:
                await asyncio.wait_for(awaited, timeout)
            except TimeoutError as error:
                print(type(error).__name__)
        print(running.cancelled())


asyncio.run(main())
