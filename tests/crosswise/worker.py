"""Plays parts of the crosswise cases on CPython: each line of the input names one, the output tells what becomes of it."""
import asyncio
import importlib.util
import json
import pathlib
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(here), str(here.parent.parent / "conformance")]
# What the program's own children inherit must not be the worker's output.
output = sys.stdout
sys.stdout = sys.stderr


def tell(**message):
    output.write(json.dumps(message) + "\n")
    output.flush()


def load(name):
    spec = importlib.util.spec_from_file_location(name.replace("-", "_"), here / "cases" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    module.print = lambda *values: tell(line=" ".join(map(str, values)))
    spec.loader.exec_module(module)
    return module


def play(name, role, address):
    module = load(name)
    if role == "server":
        return module.server(lambda where: tell(ready=where))
    if role == "client":
        return module.client(tuple(address) if isinstance(address, list) else address)
    return module.main()


for request in sys.stdin:
    try:
        asyncio.run(play(**json.loads(request)))
    except BaseException as error:
        import traceback

        tell(ended="".join(traceback.format_exception(error)))
    else:
        tell(ended=None)
