# Tick table: a bare yield is one turn of the loop, at any depth, and cannot be told from sleep(0).
import asyncio
import types

from twin import ticks

@types.coroutine
def turn():
    yield

async def deep(depth):
    await (deep(depth - 1) if depth else turn())

async def bare(tick):
    for depth in [0, 1, 5]:
        await deep(depth)
        print("bare", tick())

async def sleeper(tick):
    for _ in range(3):
        await asyncio.sleep(0)
        print("sleep", tick())

async def main():
    tick = ticks(asyncio.get_running_loop())
    tasks = [asyncio.create_task(bare(tick)), asyncio.create_task(sleeper(tick))]
    await tasks[0]
    await tasks[1]


asyncio.run(main())
