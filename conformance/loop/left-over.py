# What is pending when run_until_complete() returns goes on in the next run.
import asyncio

loop = asyncio.new_event_loop()


async def background(name, delay):
    await asyncio.sleep(delay)
    print(name, f"{loop.time():g}")

async def main():
    loop.create_task(background("one", 1))
    loop.create_task(background("three", 3))
    loop.call_soon(print, "soon")
    return "main"

print(loop.run_until_complete(main()))
print("between", f"{loop.time():g}")
loop.run_until_complete(asyncio.sleep(2))
print("between", f"{loop.time():g}")
loop.run_until_complete(asyncio.sleep(2))
