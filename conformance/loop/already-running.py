# Fact 11: a running loop cannot be run again, and no other loop can run inside it.
import asyncio

from twin import show

loop = asyncio.new_event_loop()


async def nested():
    try:
        loop.run_forever()
    except RuntimeError as error:
        print("the same loop:", show(error))
    other = asyncio.new_event_loop()
    try:
        other.run_forever()
    except RuntimeError as error:
        print("another loop:", show(error))
    other.close()
    await asyncio.sleep(1)
    return "went on"

print(loop.run_until_complete(nested()), f"{loop.time():g}")
