# Fact 30: a task that awaits a future of another loop gets a RuntimeError.
import asyncio


async def main():
    other = asyncio.new_event_loop()
    future = other.create_future()
    try:
        await future
    except RuntimeError as error:
        print(type(error).__name__, str(error).endswith("attached to a different loop"))
    print(future.done(), future.get_loop() is other)
    future.set_result("done futures do not suspend")
    print(await future)
    other.close()


asyncio.run(main())
