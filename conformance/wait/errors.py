# Fact 70: what wait() refuses.
import asyncio


async def main():
    task = asyncio.create_task(asyncio.sleep(0, "fine"))
    for label, call in [
        ["empty:", lambda: asyncio.wait([])],
        ["a future:", lambda: asyncio.wait(task)],
        ["return_when:", lambda: asyncio.wait([task], return_when="whenever")],
    ]:
        try:
            await call()
            print(label, "worked")
        except (TypeError, ValueError) as error:
            print(label, type(error).__name__)
    print(await task)


asyncio.run(main())
