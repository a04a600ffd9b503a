# Strings 2.4: run() inside a running loop is refused.
import asyncio


async def nested():
    print("never runs")

async def main():
    coro = nested()
    try:
        asyncio.run(coro, loop_factory=asyncio.new_event_loop)
    except RuntimeError as error:
        print(type(error).__name__, "cannot be called from a running event loop" in str(error))
    coro.close()
    await asyncio.sleep(0)
    print("went on")


asyncio.run(main())
