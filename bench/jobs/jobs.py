"""What the pools of Python run."""
import time


def noop():
    pass


def echo(value):
    return value


def burn(milliseconds):
    end = time.perf_counter() + milliseconds / 1000
    total = 0
    while time.perf_counter() < end:
        total += 1
    return total
