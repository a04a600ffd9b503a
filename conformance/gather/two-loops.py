# Fact 90: the futures of a gather must belong to one loop.
import asyncio


async def main():
    other = asyncio.new_event_loop()
    try:
        asyncio.gather(asyncio.get_running_loop().create_future(), other.create_future())
    except ValueError as error:
        print(type(error).__name__)
    other.close()


asyncio.run(main())
