# Fact 52: concurrent tasks never see each other's values, however their steps interleave.
import asyncio
import contextvars

variable = contextvars.ContextVar("variable", default=None)

async def nested(depth):
    if depth:
        return await nested(depth - 1)
    await asyncio.sleep(0)
    return variable.get()

async def work(number):
    wrong = 0
    for step in range(10):
        variable.set([number, step])
        if number % 3 == 0:
            await asyncio.sleep(0)
        if await nested(step % 3) != [number, step] or variable.get() != [number, step]:
            wrong += 1
    return wrong

async def main():
    print(sum(await asyncio.gather(*[work(number) for number in range(100)])), variable.get())


asyncio.run(main())
