# Fact 11: a closed loop refuses work with 'Event loop is closed'; a running one cannot be closed.
import asyncio

from twin import show

loop = asyncio.new_event_loop()


def attempt(label, action):
    try:
        action()
        print(label, "worked")
    except RuntimeError as error:
        print(label, show(error))

loop.call_soon(attempt, "close while running:", loop.close)
loop.call_soon(loop.stop)
loop.run_forever()
print(loop.is_closed())

loop.call_soon(print, "never runs")
loop.close()
print(loop.is_closed())
attempt("close again:", loop.close)
attempt("call_soon:", lambda: loop.call_soon(print))
attempt("call_later:", lambda: loop.call_later(1, print))
attempt("call_soon_threadsafe:", lambda: loop.call_soon_threadsafe(print))
attempt("run_forever:", loop.run_forever)
attempt("create_future:", loop.create_future)
