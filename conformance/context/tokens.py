# Fact 148: a token restores the value before its set(), once, and only for its own variable and context.
import asyncio
import contextvars

one = contextvars.ContextVar("one", default="default")
two = contextvars.ContextVar("two")

def attempt(label, action):
    try:
        action()
        print(label, "worked")
    except (LookupError, RuntimeError, ValueError) as error:
        print(label, type(error).__name__ if not isinstance(error, LookupError) else "no value")

async def other(token):
    attempt("in another context:", lambda: one.reset(token))

async def main():
    first = one.set("first")
    second = one.set("second")
    print(one.get())
    one.reset(second)
    print(one.get())
    attempt("used:", lambda: one.reset(second))
    attempt("of another variable:", lambda: two.reset(first))
    await asyncio.create_task(other(first))
    one.reset(first)
    print(one.get(), one.get("given"))
    attempt("without a value:", two.get)
    print(two.get("given"))
    token = two.set("value")
    print(two.get("given"))
    two.reset(token)
    attempt("without a value again:", two.get)


asyncio.run(main())
