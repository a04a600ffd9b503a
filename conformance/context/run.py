# Fact 148: Context.run() calls in the context, passes results and errors on, and cannot be entered twice.
import asyncio
import contextvars

from twin import show

loop = asyncio.new_event_loop()

variable = contextvars.ContextVar("variable", default="default")
context = contextvars.copy_context()

def inside(value):
    before = variable.get()
    variable.set(value)
    return [before, variable.get()]

def fail():
    variable.set("failed")
    raise ValueError("inside")

def again():
    try:
        context.run(inside, "never")
    except RuntimeError as error:
        print(type(error).__name__, "already entered" in str(error))
    return context.copy().run(inside, "in a copy")

print(context.run(inside, "one"), context.run(inside, "two"), variable.get())
try:
    context.run(fail)
except ValueError as error:
    print(show(error), context[variable], variable.get())
print(context.run(again), context[variable])
print(variable in context, variable in contextvars.copy_context())
