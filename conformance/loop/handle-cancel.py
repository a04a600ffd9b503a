# A handle cancelled by an earlier callback of the same iteration does not run.
import asyncio

loop = asyncio.new_event_loop()


def killer():
    print("killer", later.cancelled())
    later.cancel()
    earlier.cancel()
    print("killed", later.cancelled(), earlier.cancelled())

earlier = loop.call_soon(print, "earlier")
loop.call_soon(killer)
later = loop.call_soon(print, "later")
loop.call_soon(print, "end")
loop.call_soon(loop.stop)
loop.run_forever()
