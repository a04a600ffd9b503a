"""What the programs share: how an error and a lock are shown, and a counter of loop iterations."""


def show(error):
    name = type(error).__name__
    if isinstance(error, BaseExceptionGroup):
        return f"{name}: {error.message} [{', '.join(map(show, error.exceptions))}]"
    text = str(error)
    return f"{name}: {text}" if text else name


def state(thing):
    """What stands in the brackets of a lock's or queue's repr."""
    return repr(thing).partition("[")[2].removesuffix("]>")


def chain(error):
    """The error, and those that it was thrown during."""
    return " < ".join([show(error), *([chain(error.__context__)] if error.__context__ else [])])


def ticks(loop, limit=20):
    """Counts the loop's iterations from the next one (1) on, first thing in each of them, up to the limit.

    While it counts the loop is never idle, so timers have to wait until it has ended.
    """
    count = 0

    def step():
        nonlocal count
        count += 1
        if count < limit:
            loop.call_soon(step)

    loop.call_soon(step)
    return lambda: count
