# Two tasks throw a ball to and fro, each catch a new future: one iteration per throw.
import asyncio

from twin import ticks


async def player(name, catches, first_throw, tick):
    other = "pong" if name == "ping" else "ping"
    ball = first_throw
    while ball < 6:
        if ball:
            catches[other].set_result(ball)
        ball = await catches[name] + 1
        print(name, ball, "in", tick())
        catches[name] = asyncio.get_running_loop().create_future()
    if not catches[other].done():
        catches[other].set_result(ball)

async def main():
    loop = asyncio.get_running_loop()
    tick = ticks(loop)
    catches = {"ping": loop.create_future(), "pong": loop.create_future()}
    pong = asyncio.create_task(player("pong", catches, 0, tick))
    ping = asyncio.create_task(player("ping", catches, 1, tick))
    await ping
    await pong
    print("main in", tick())


asyncio.run(main())
