"""Runs the fuzzer's programs on CPython's asyncio, and writes down what happens, as interpreter.ts does."""

import asyncio
import contextvars
import gc
import json
from asyncio import events, taskgroups, tasks

# What CPython leaves to chance gets the order in which things were made: its sets of tasks, and timers that are due at
# the same instant.


class OrderedSet:
    def __init__(self, items=()):
        self.items = dict.fromkeys(items)

    def add(self, item):
        self.items[item] = None

    def discard(self, item):
        self.items.pop(item, None)

    def remove(self, item):
        del self.items[item]

    def __iter__(self):
        return iter(self.items)

    def __len__(self):
        return len(self.items)

    def __contains__(self, item):
        return item in self.items

    def copy(self):
        return OrderedSet(self.items)


class OrderedTimer(events.TimerHandle):
    __slots__ = ("number",)
    made = 0

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        OrderedTimer.made += 1
        self.number = OrderedTimer.made

    def __lt__(self, other):
        return (self._when, self.number) < (other._when, other.number)


class CountingLoop(VirtualLoop):  # noqa: F821 (of the oracle)
    def __init__(self):
        super().__init__()
        self.iteration = 0
        self.made = []

    def _run_once(self):
        self.iteration += 1
        super()._run_once()

    def create_task(self, coroutine, **options):
        number = len(self.made)
        self.made.append(None)
        self.made[number] = task = super().create_task(coroutine, **options)
        return task


def all_tasks(loop=None):
    loop = loop or asyncio.get_running_loop()
    return [task for task in loop.made if task is not None and not task.done()]


taskgroups.set = tasks.set = OrderedSet
events.TimerHandle = OrderedTimer
tasks.all_tasks = all_tasks


class XError(Exception):
    pass


variable = contextvars.ContextVar("variable", default=0)


def show(error):
    name = type(error).__name__
    if isinstance(error, BaseExceptionGroup):
        return f"{name}: {error.message} [{', '.join(map(show, error.exceptions))}]"
    text = str(error)
    return f"{name}: {text}" if text else name


def text(value):
    if isinstance(value, BaseException):
        return show(value)
    if isinstance(value, list):
        return f"[{', '.join(map(text, value))}]"
    if isinstance(value, float):
        return number(value)
    return str(value)


def number(value):
    value = round(value * 1000) / 1000
    return str(int(value)) if value == int(value) else str(value)


def outcome(task):
    if not task.done():
        return "pending"
    if task.cancelled():
        return "cancelled"
    return show(task.exception()) if task.exception() else text(task.result())


def catches(what, error):
    match what:
        case "any":
            return True
        case "cancelled":
            return isinstance(error, asyncio.CancelledError)
        case "timeout":
            return isinstance(error, TimeoutError)
    return isinstance(error, (XError, ExceptionGroup))


class Interpreter:
    def __init__(self):
        self.log = []
        self.futures = []
        self.tasks = {}
        self.gathers = {}
        self.loop = CountingLoop()

    async def main(self, program):
        self.first_iteration = self.loop.iteration
        self.loop.set_exception_handler(self.report)
        self.futures = [self.loop.create_future() for _ in range(3)]
        main = program["main"]
        self.keep(main["slot"], asyncio.create_task(self.task(main["block"]), name="t0"))
        for _ in range(40):
            await asyncio.sleep(100)
            left = [task for task in self.tasks.values() if not task.done()]
            if not left:
                break
            self.say("rescue")
            for future in [*self.futures, *self.gathers.values()]:
                future.cancel()
            for task in left:
                task.cancel("rescue")
        for slot, task in self.tasks.items():
            self.say("end", slot, outcome(task), task.cancelling())
        for future in self.futures:
            if future.done() and not future.cancelled():
                future.exception()

    def say(self, *words):
        task = asyncio.current_task(self.loop)
        name = task.get_name() if task else "-"
        who = "T" if name.startswith("Task-") else name
        tick = self.loop.iteration - self.first_iteration
        self.log.append(" ".join([f"{tick}@{number(self.loop.time())}", who, *map(text, words)]))

    def report(self, loop, context):
        message = context["message"]
        if any(part in message for part in ("never retrieved", "never awaited", "destroyed but", "run() shutdown")):
            return
        exception = context.get("exception")
        self.say("handler", message.split(" <")[0], show(exception) if exception else "")

    async def task(self, block):
        self.say("start")
        try:
            value = await self.block(block, None)
            self.say("return", value)
            return value
        except BaseException as error:
            self.say("fail", show(error))
            raise

    def keep(self, slot, task):
        self.tasks[slot] = task
        task.add_done_callback(lambda task: self.say("done", slot, outcome(task)))

    def item(self, item):
        if "future" in item:
            return self.futures[item["future"]]
        if "task" in item:
            return self.tasks.get(item["task"]) or self.futures[0]
        return self.task(item["block"])

    async def block(self, block, group):
        for statement in block["body"]:
            value = await self.statement(statement, group)
            if value is not None:
                return value

    async def statement(self, s, group):
        match s["do"]:
            case "sleep":
                await asyncio.sleep(s["delay"])
                self.say("slept", s["delay"])
            case "say":
                self.say("say", s["id"], variable.get())
            case "await future":
                self.say("future", s["future"], await self.futures[s["future"]])
            case "await task":
                if s["slot"] in self.tasks:
                    self.say("task", s["slot"], await self.tasks[s["slot"]])
            case "call soon":
                self.loop.call_soon(self.perform, s["actions"])
            case "call later":
                self.loop.call_later(s["delay"], self.perform, s["actions"])
            case "throw":
                raise XError(s["text"])
            case "return":
                return s["value"]
            case "uncancel":
                self.say("uncancel", asyncio.current_task().uncancel())
            case "cancel myself":
                asyncio.current_task().cancel(s["reason"])
            case "set variable":
                variable.set(s["value"])
            case "create task":
                self.create_task(s["task"], group if s["inGroup"] else None)
            case "call":
                self.say("called", await self.block(s["block"], None))
            case "try":
                return await self.try_statement(s, group)
            case "timeout":
                return await self.timeout_statement(s, group)
            case "wait for block":
                self.say("waited", await asyncio.wait_for(self.block(s["block"], None), s["timeout"]))
            case "wait for task":
                if s["slot"] in self.tasks:
                    self.say("waited", await asyncio.wait_for(self.tasks[s["slot"]], s["timeout"]))
            case "task group":
                try:
                    async with asyncio.TaskGroup() as inner:
                        value = await self.block(s["block"], inner)
                finally:
                    self.say("left group", asyncio.current_task().cancelling())
                return value
            case "gather":
                items = [self.item(item) for item in s["items"]]
                future = asyncio.gather(*items, return_exceptions=s["returnExceptions"])
                if s["keepAs"] is not None:
                    self.gathers[s["keepAs"]] = future
                self.say("gathered", await future)
            case "shield":
                self.say("shield", await asyncio.shield(self.item(s["item"])))
            case "wait":
                waited = [self.tasks[slot] for slot in s["slots"] if slot in self.tasks]
                if waited:
                    sets = await asyncio.wait(waited, timeout=s["timeout"], return_when=s["returnWhen"])
                    slots = [sorted(slot for slot, task in self.tasks.items() if task in each) for each in sets]
                    self.say("wait", *slots)
            case "as completed":
                items = [self.item(item) for item in s["items"]]
                items = [item for item in items if not (asyncio.isfuture(item) and item.done())]
                for each in asyncio.as_completed(items, timeout=s["timeout"]):
                    self.say("completed", await each)
            case _:
                self.act(s)

    def create_task(self, task, group):
        options = {"name": f"t{task['slot']}"}
        if task["eager"]:
            options["eager_start"] = True
        coroutine = self.task(task["block"])
        if group is None:
            made = asyncio.create_task(coroutine, **options)
        else:
            try:
                made = group.create_task(coroutine, **options)
            except RuntimeError:
                self.say("refused")
                return
        self.keep(task["slot"], made)

    async def try_statement(self, s, group):
        try:
            return await self.block(s["block"], group)
        except BaseException as error:
            self.say("caught", show(error))
            if not catches(s["catches"], error):
                raise
            value = await self.block(s["handler"], group)
            if s["afterwards"] == "rethrow":
                raise
            if s["afterwards"] == "throw another":
                raise XError("another")
            return value
        finally:
            if s["finally"] is not None:
                self.say("finally")
                await self.block(s["finally"], group)

    async def timeout_statement(self, s, group):
        scope = asyncio.timeout(s["delay"])
        try:
            async with scope:
                if s["reschedule"] is not None:
                    self.loop.call_later(s["reschedule"]["after"], self.reschedule, scope, s["reschedule"]["to"])
                value = await self.block(s["block"], group)
        finally:
            self.say("left timeout", "expired" if scope.expired() else "in time", asyncio.current_task().cancelling())
        return value

    def reschedule(self, scope, to):
        try:
            scope.reschedule(None if to is None else self.loop.time() + to)
            self.say("rescheduled")
        except RuntimeError as error:
            self.say("rescheduled", show(error))

    def perform(self, actions):
        for action in actions:
            self.act(action)

    def act(self, s):
        match s["do"]:
            case "set result":
                if not self.futures[s["future"]].done():
                    self.futures[s["future"]].set_result(s["value"])
            case "set exception":
                if not self.futures[s["future"]].done():
                    self.futures[s["future"]].set_exception(XError(s["text"]))
            case "cancel future":
                self.say("cancel future", s["future"], self.futures[s["future"]].cancel(s["reason"]))
            case "cancel task":
                task = self.tasks.get(s["slot"])
                if task is not None:
                    cancelled = task.cancel(s["reason"])
                    self.say("cancel", s["slot"], cancelled, task.cancelling())
            case "cancel gather":
                gathered = self.gathers.get(s["gather"])
                if gathered is not None:
                    self.say("cancel gather", s["gather"], gathered.cancel("gathered"))
            case "note":
                self.say("note", s["id"])


def interpret(program):
    asyncio.events._set_running_loop(None)
    asyncio.set_event_loop(None)
    interpreter = Interpreter()
    try:
        with asyncio.Runner(loop_factory=lambda: interpreter.loop) as runner:
            runner.run(interpreter.main(program))
    except BaseException as error:
        deadlock = str(error).startswith("deadlock")
        interpreter.log.append("deadlock" if deadlock else f"outside {show(error)}")
    # What is left pending is closed when it is collected, and would go on writing.
    return interpreter.log.copy()


def interpret_all(programs):
    # Collected in the middle of another program, what a program has left pending would run its `finally` there.
    gc.disable()
    logs = [interpret(program) for program in json.loads(programs)]
    gc.collect()
    return json.dumps(logs)
