# A task that turns on sleep(0) does not keep timers from firing, once their time has come.
import asyncio


async def spinner(name, until, loop):
    turns = 0
    while loop.time() < until:
        await asyncio.sleep(0 if turns % 2 else 0.25)
        turns += 1
    print(name, turns, f"{loop.time():g}")

async def main():
    loop = asyncio.get_running_loop()
    for delay in [0.1, 0.6, 0.9]:
        loop.call_later(delay, print, "timer", delay)
    await asyncio.gather(spinner("a", 1, loop), spinner("b", 0.5, loop))


asyncio.run(main())
