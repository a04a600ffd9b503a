# Tick table: the last child ends at k, the waiter resumes at k+2 (wait_for: k+1); if it was done before, only wait()
# turns.
import asyncio

from twin import ticks


async def child(tick):
    await asyncio.sleep(0)
    print("child ends in", tick())
    return 1

async def main():
    tick = ticks(asyncio.get_running_loop())
    for label, wait in [["wait", lambda t: asyncio.wait([t])], ["gather", lambda t: asyncio.gather(t)],
                        ["shield", lambda t: asyncio.shield(t)], ["wait_for", lambda t: asyncio.wait_for(t, None)]]:
        task = asyncio.create_task(child(tick))
        await wait(task)
        print(label, "returns in", tick())
        await wait(task)
        print(label, "of a done task returns in", tick())


asyncio.run(main())
