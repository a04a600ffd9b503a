# A manager that swallows a CancelledError keeps its task running; the request still counts until it is withdrawn.
import asyncio

from twin import show


class Manager:
    def __init__(self, name, swallow=False, fail=None, delay=0):
        self.name, self.swallow, self.fail, self.delay = name, swallow, fail, delay

    async def __aenter__(self):
        print("enter", self.name)
        await asyncio.sleep(self.delay)
        return self.name.upper()

    async def __aexit__(self, kind, error, traceback):
        print("exit", self.name, show(error) if error else None)
        await asyncio.sleep(self.delay)
        if self.fail:
            raise ValueError(self.fail)
        return self.swallow

async def work():
    async with Manager("stubborn", swallow=True):
        await asyncio.sleep(100)
    task = asyncio.current_task()
    print("goes on", task.cancelling(), task.uncancel())
    await asyncio.sleep(1)
    return "done"

async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(5)
    task.cancel()
    print(await task, task.cancelled(), f"{asyncio.get_running_loop().time():g}")


asyncio.run(main())
