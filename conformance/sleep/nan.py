# Fact 69: sleep(nan) is a ValueError, when it is awaited.
import asyncio


async def main():
    try:
        await asyncio.sleep(float("nan"))
    except ValueError as error:
        print(type(error).__name__)
    print("still fine")


asyncio.run(main())
