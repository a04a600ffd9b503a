# Fact 99: a timeout that is expiring, expired or finished cannot be rescheduled.
import asyncio

from twin import show


def attempt(label, t):
    try:
        t.reschedule(None)
        print(label, "worked")
    except RuntimeError as error:
        print(label, show(error))

async def main():
    async with asyncio.timeout(5) as t:
        attempt("active:", t)
    attempt("finished:", t)
    try:
        async with asyncio.timeout(1) as t:
            try:
                await asyncio.sleep(10)
            finally:
                attempt("expiring:", t)
    except TimeoutError:
        attempt("expired:", t)


asyncio.run(main())
