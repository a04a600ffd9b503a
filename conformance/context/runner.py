# Fact 144: a Runner keeps one context across its runs; a context can be given to one run.
import asyncio
import contextvars

loop = asyncio.new_event_loop()

variable = contextvars.ContextVar("variable", default="default")

async def work(value):
    before = variable.get()
    variable.set(value)
    await asyncio.sleep(1)
    return [before, variable.get(), f"{asyncio.get_running_loop().time():g}"]

given = contextvars.copy_context()
with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
    print(runner.run(work("one")))
    print(runner.run(work("two")))
    print(runner.run(work("three"), context=given))
    print(runner.run(work("four")))
    print(runner.get_loop().is_closed(), variable.get(), given[variable])
