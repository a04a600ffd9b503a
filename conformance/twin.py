"""What the programs share: how an error and a lock are shown, a counter of loop iterations, a transport without a peer."""
import asyncio


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


# CPython's reference counts close a forgotten stream at once, and a collector does so at any time.
asyncio.StreamWriter.__del__ = lambda self: None


def text(data):
    """Bytes as text."""
    return data.decode()


class Wire(asyncio.Transport):
    """A transport without a peer that prints what is asked of it."""

    def __init__(self, protocol, info=None):
        super().__init__()
        self.info = info or {}
        self.protocol = protocol
        self.closing = False

    def write(self, data):
        print("write", text(data))

    def writelines(self, data):
        print("writelines", ",".join(map(text, data)))

    def write_eof(self):
        print("write_eof")

    def can_write_eof(self):
        return True

    def close(self):
        print("close")
        self.closing = True
        asyncio.get_running_loop().call_soon(self.protocol.connection_lost, None)

    def is_closing(self):
        return self.closing

    def pause_reading(self):
        print("pause_reading")

    def resume_reading(self):
        print("resume_reading")

    def get_extra_info(self, name, default=None):
        return self.info.get(name, default)
