# A predicate is asked at once and after every notification; its value is the result.
import asyncio

from twin import state


async def main():
    condition = asyncio.Condition()
    stock = 0

    async def buyer(name, wanted):
        nonlocal stock

        def enough():
            print(name, "looks at", stock)
            return stock >= wanted and f"{stock} for {name}"

        async with condition:
            print(await condition.wait_for(enough))
            stock -= wanted

    tasks = [asyncio.create_task(buyer(name, wanted)) for name, wanted in [("a", 3), ("b", 1), ("c", 2)]]
    for delivery in [1, 1, 4]:
        await asyncio.sleep(1)
        async with condition:
            stock += delivery
            condition.notify_all()
    await asyncio.gather(*tasks)
    print(stock, state(condition))


asyncio.run(main())
