// Runs a program of the fuzzer in TypeScript, and writes down what happens: in which iteration, when, in which task.
import {
  asCompleted,
  type Body,
  ContextVar,
  type Coroutine,
  type CoroutineLike,
  coroutine,
  createTask,
  currentTask,
  type ExceptionContext,
  ExceptionGroup,
  type Future,
  gather,
  isCancelled,
  isFuture,
  run,
  shield,
  sleep,
  type Task,
  type TaskGroup,
  TimeoutError,
  taskGroup,
  timeout,
  wait,
  waitFor,
} from "asyncio-ts";
import { TestLoop } from "asyncio-ts/testing";
import { show } from "../../conformance/twin.ts";
import { type Action, type Block, FUTURES, type Item, type NewTask, type Program, type Statement } from "./program.ts";

/** Which kind of coroutine the blocks are. */
export type Mode = "generator" | "native" | "mixed";

/** Runs `program` and gives its log: the same lines as the interpreter in Python. */
export async function interpret(program: Program, mode: Mode): Promise<string[]> {
  const interpreter = new Interpreter(mode);
  const main = (): Coroutine<void> => inGenerators(interpreter.main(program)) as Coroutine<void>;
  const { loop } = interpreter;
  try {
    await run(main, { loopFactory: () => loop, handleSignals: false });
  } catch (error) {
    interpreter.log.push(`outside ${show(error)}`);
  }
  return interpreter.log;
}

class XError extends Error {}

/**
 * What a block does, apart from its kind: it yields what it awaits. Two drivers make coroutines of it, so that every
 * statement is written once.
 */
type Steps<T> = Generator<Iterable<never, unknown> | PromiseLike<unknown>, T, unknown>;
type Result = number | undefined;

function* drive<T>(steps: Steps<T>): Generator<never, T, unknown> {
  let step = steps.next();
  while (step.done !== true) {
    let value: unknown;
    try {
      value = yield* step.value as Iterable<never, unknown>;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}

async function driveNatively<T>(steps: Steps<T>): Promise<T> {
  let step = steps.next();
  while (step.done !== true) {
    let value: unknown;
    try {
      value = await step.value;
    } catch (error) {
      step = steps.throw(error);
      continue;
    }
    step = steps.next(value);
  }
  return step.value;
}

const inGenerators = coroutine(drive);
const inNativeCode = coroutine(driveNatively);

/** What the statements of a block find around them. */
interface Surroundings {
  readonly native: boolean;
  readonly group: TaskGroup | null;
}

class Interpreter {
  readonly log: string[] = [];
  readonly loop: TestLoop = new TestLoop();
  private readonly mode: Mode;
  private readonly futures: Future<number>[] = [];
  private readonly tasks: Map<number, Task<unknown>> = new Map();
  private readonly gathers: Map<number, Future<unknown>> = new Map();
  private readonly variable: ContextVar<number> = new ContextVar("variable", { default: 0 });
  private firstIteration: number = 0;

  constructor(mode: Mode) {
    this.mode = mode;
  }

  *main(program: Program): Steps<void> {
    const { loop, tasks } = this;
    this.firstIteration = loop.iteration;
    loop.setExceptionHandler((_: unknown, context: ExceptionContext) => this.report(context));
    for (let i = 0; i < FUTURES; i++) this.futures.push(loop.createFuture());
    this.keep(program.main.slot, createTask(this.source(program.main), { name: "t0" }));
    for (let i = 0; i < 40; i++) {
      yield sleep(100);
      const left = [...tasks.values()].filter((task) => !task.done());
      if (left.length === 0) break;
      this.say("rescue");
      for (const future of [...this.futures, ...this.gathers.values()]) future.cancel();
      for (const task of left) task.cancel("rescue");
    }
    for (const [slot, task] of tasks) this.say("end", slot, outcome(task), task.cancelling());
    for (const future of this.futures) if (future.done() && !future.cancelled()) future.exception();
  }

  private say(...words: unknown[]): void {
    const name = currentTask(this.loop)?.getName() ?? "-";
    const who = name.startsWith("Task-") ? "T" : name;
    const tick = this.loop.iteration - this.firstIteration;
    this.log.push([`${tick}@${Math.round(this.loop.time() * 1000) / 1000}`, who, ...words.map(text)].join(" "));
  }

  private report({ message, exception }: ExceptionContext): void {
    // A task that refuses to end: CPython's run() fails, ours has its result and reports it.
    if (message.includes("shutdown could not wait")) return void this.log.push("deadlock");
    // What depends on Python's garbage collector, or is worded otherwise.
    if (/never retrieved|never awaited|destroyed but|run\(\) shutdown/.test(message)) return;
    this.say("handler", message.split(" <")[0], exception === undefined ? "" : show(exception));
  }

  // ---- blocks

  private isNative(block: Block): boolean {
    return this.mode === "mixed" ? block.native : this.mode === "native";
  }

  private start(block: Block, group: TaskGroup | null): Body<Result> {
    const native = this.isNative(block);
    const steps = this.block(block, { native, group });
    return native ? driveNatively(steps) : drive(steps);
  }

  /** A block that is called: directly, where both kinds are the same, or as a coroutine. */
  private call(block: Block, caller: Surroundings): Iterable<never, Result> | PromiseLike<Result> {
    const native = this.isNative(block);
    if (block.bare && native === caller.native) return this.start(block, caller.group) as Coroutine<Result>;
    const steps = this.block(block, { native, group: caller.group });
    return (native ? inNativeCode(steps) : inGenerators(steps)) as Coroutine<Result>;
  }

  /** A block as the body of a timeout or group. */
  private body<A>(block: Block, group: (argument: A) => TaskGroup | null): (argument: A) => Body<Result> {
    if (block.bare) return (argument) => this.start(block, group(argument));
    const native = this.isNative(block);
    const steps = (argument: A): Steps<Result> => this.block(block, { native, group: group(argument) });
    if (native) return async (argument) => await driveNatively(steps(argument));
    return function* (argument) {
      return yield* drive(steps(argument));
    };
  }

  /** What a task is made of; in mixed mode often of another kind than the block that it runs. */
  private source({ block }: NewTask): CoroutineLike<unknown> {
    const native = this.mode === "mixed" ? block.bare !== block.native : this.mode === "native";
    const steps = this.task(block, { native, group: null });
    if (block.bare) return native ? () => driveNatively(steps) : () => drive(steps);
    return native ? inNativeCode(steps) : inGenerators(steps);
  }

  private *task(block: Block, own: Surroundings): Steps<unknown> {
    this.say("start");
    try {
      const value = yield this.call(block, own);
      this.say("return", value);
      return value;
    } catch (error) {
      this.say("fail", show(error));
      throw error;
    }
  }

  private keep(slot: number, task: Task<unknown>): void {
    this.tasks.set(slot, task);
    task.addDoneCallback(() => this.say("done", slot, outcome(task)));
  }

  private item(item: Item): CoroutineLike<unknown> | Future<unknown> {
    if ("future" in item) return this.futures[item.future]!;
    if ("task" in item) return this.tasks.get(item.task) ?? this.futures[0]!;
    return this.source(item);
  }

  // ---- statements

  private *block({ body }: Block, around: Surroundings): Steps<Result> {
    for (const statement of body) {
      const value = yield* this.statement(statement, around);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Gives a value when the statement leaves the block with it. */
  private *statement(statement: Statement, around: Surroundings): Steps<Result> {
    switch (statement.do) {
      case "sleep":
        yield sleep(statement.delay);
        return this.say("slept", statement.delay) as undefined;
      case "say":
        return this.say("say", statement.id, this.variable.get()) as undefined;
      case "await future":
        return this.say("future", statement.future, yield this.futures[statement.future]!) as undefined;
      case "await task": {
        const task = this.tasks.get(statement.slot);
        if (task !== undefined) this.say("task", statement.slot, yield task);
        return;
      }
      case "call soon":
        this.loop.callSoon(() => this.perform(statement.actions));
        return;
      case "call later":
        this.loop.callLater(statement.delay, () => this.perform(statement.actions));
        return;
      case "throw":
        throw new XError(statement.text);
      case "return":
        return statement.value;
      case "uncancel":
        return this.say("uncancel", currentTask()!.uncancel()) as undefined;
      case "cancel myself":
        currentTask()!.cancel(statement.reason ?? undefined);
        return;
      case "set variable":
        this.variable.set(statement.value);
        return;
      case "create task":
        return this.createTask(statement.task, statement.inGroup ? around.group : null) as undefined;
      case "call":
        return this.say("called", yield this.call(statement.block, { ...around, group: null })) as undefined;
      case "try":
        return yield* this.tryStatement(statement, around);
      case "timeout":
        return yield* this.timeoutStatement(statement, around);
      case "wait for block":
        return this.say("waited", yield waitFor(this.bodyOrCoroutine(statement.block), statement.timeout)) as undefined;
      case "wait for task": {
        const task = this.tasks.get(statement.slot);
        if (task !== undefined) this.say("waited", yield waitFor(task, statement.timeout));
        return;
      }
      case "task group":
        try {
          return (yield taskGroup(this.body(statement.block, (group: TaskGroup) => group))) as Result;
        } finally {
          this.say("left group", currentTask()!.cancelling());
        }
      case "gather": {
        const future = gather(
          statement.items.map((item) => this.item(item)),
          {
            returnExceptions: statement.returnExceptions,
          },
        );
        if (statement.keepAs !== null) this.gathers.set(statement.keepAs, future);
        return this.say("gathered", yield future) as undefined;
      }
      case "shield":
        return this.say("shield", yield shield(this.item(statement.item))) as undefined;
      case "wait":
        return yield* this.waitStatement(statement);
      case "as completed": {
        const items = statement.items.map((item) => this.item(item)).filter((item) => !isFuture(item) || !item.done());
        for (const next of asCompleted(items, { timeout: statement.timeout })) this.say("completed", yield next);
        return;
      }
      default:
        return this.act(statement) as undefined;
    }
  }

  private bodyOrCoroutine(block: Block): CoroutineLike<Result> {
    const body = this.body(block, () => null);
    return block.bare ? (body as () => Body<Result>) : coroutine(body)(undefined);
  }

  private createTask(task: NewTask, group: TaskGroup | null): void {
    const options = { name: `t${task.slot}`, ...(task.eager && { eagerStart: true }) };
    const source = this.source(task);
    if (group === null) return this.keep(task.slot, createTask(source, options));
    let made: Task<unknown>;
    try {
      made = group.createTask(source, options);
    } catch {
      return this.say("refused");
    }
    this.keep(task.slot, made);
  }

  private *tryStatement(statement: Extract<Statement, { do: "try" }>, around: Surroundings): Steps<Result> {
    try {
      return (yield this.call(statement.block, around)) as Result;
    } catch (error) {
      this.say("caught", show(error));
      if (!catches(statement.catches, error)) throw error;
      const value = (yield this.call(statement.handler, around)) as Result;
      if (statement.afterwards === "rethrow") throw error;
      if (statement.afterwards === "throw another") throw new XError("another");
      return value;
    } finally {
      if (statement.finally !== null) {
        this.say("finally");
        yield this.call(statement.finally, around);
      }
    }
  }

  private *timeoutStatement(statement: Extract<Statement, { do: "timeout" }>, around: Surroundings): Steps<Result> {
    let expired = (): boolean => false;
    const body = this.body(statement.block, () => around.group);
    try {
      return (yield timeout(statement.delay, (scope) => {
        expired = () => scope.expired();
        const { reschedule } = statement;
        if (reschedule !== null) {
          this.loop.callLater(reschedule.after, () => {
            try {
              scope.reschedule(reschedule.to === null ? null : this.loop.time() + reschedule.to);
              this.say("rescheduled");
            } catch (error) {
              this.say("rescheduled", show(error));
            }
          });
        }
        return body(scope);
      })) as Result;
    } finally {
      this.say("left timeout", expired() ? "expired" : "in time", currentTask()!.cancelling());
    }
  }

  private *waitStatement(statement: Extract<Statement, { do: "wait" }>): Steps<undefined> {
    const tasks = statement.slots.flatMap((slot) => this.tasks.get(slot) ?? []);
    if (tasks.length === 0) return;
    const { timeout, returnWhen } = statement;
    const sets = (yield wait(tasks, { timeout, returnWhen })) as [Set<unknown>, Set<unknown>];
    const slotsOf = (set: Set<unknown>): number[] =>
      [...this.tasks].filter(([, task]) => set.has(task)).map(([slot]) => slot);
    this.say("wait", ...sets.map((set) => slotsOf(set).sort((a, b) => a - b)));
  }

  // ---- actions

  private perform(actions: readonly Action[]): void {
    for (const action of actions) this.act(action);
  }

  private act(action: Action): void {
    switch (action.do) {
      case "set result":
        if (!this.futures[action.future]!.done()) this.futures[action.future]!.setResult(action.value);
        return;
      case "set exception":
        if (!this.futures[action.future]!.done()) this.futures[action.future]!.setException(new XError(action.text));
        return;
      case "cancel future": {
        const future = this.futures[action.future]!;
        return this.say("cancel future", action.future, future.cancel(action.reason ?? undefined));
      }
      case "cancel task": {
        const task = this.tasks.get(action.slot);
        if (task === undefined) return;
        const cancelled = task.cancel(action.reason ?? undefined);
        return this.say("cancel", action.slot, cancelled, task.cancelling());
      }
      case "cancel gather": {
        const gathered = this.gathers.get(action.gather);
        if (gathered !== undefined) this.say("cancel gather", action.gather, gathered.cancel("gathered"));
        return;
      }
      case "note":
        return this.say("note", action.id);
    }
  }
}

function catches(what: "cancelled" | "own" | "timeout" | "any", error: unknown): boolean {
  if (what === "any") return true;
  if (what === "cancelled") return isCancelled(error);
  if (what === "timeout") return error instanceof TimeoutError;
  return error instanceof XError || error instanceof ExceptionGroup;
}

function outcome(task: Task<unknown>): string {
  if (!task.done()) return "pending";
  if (task.cancelled()) return "cancelled";
  const error = task.exception();
  return error === null ? text(task.result()) : show(error);
}

function text(value: unknown): string {
  if (value === undefined || value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  if (value instanceof Error) return show(value);
  return Array.isArray(value) ? `[${value.map(text).join(", ")}]` : String(value);
}
