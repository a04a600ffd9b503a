import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { createTask, run, sleep, type Task } from "../index.ts";
import { LifoQueue, Queue, Semaphore } from "./index.ts";

type Command =
  | { readonly do: "get" | "put" | "shutdown" | "end" | "getNowait" | "putNowait" }
  /** Cancels one that waits. */
  | { readonly do: "cancel"; readonly which: number }
  /** Makes an item or room available, and cancels the one who was woken for it before it goes on. */
  | { readonly do: "putAndCancel" | "getAndCancel" };

const queueCommand: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Command>({ do: "get" }, { do: "put" }) },
  { weight: 3, arbitrary: fc.constantFrom<Command>({ do: "getNowait" }, { do: "putNowait" }) },
  { weight: 3, arbitrary: fc.constantFrom<Command>({ do: "putAndCancel" }, { do: "getAndCancel" }) },
  { weight: 3, arbitrary: fc.nat(20).map((which): Command => ({ do: "cancel", which })) },
  { weight: 1, arbitrary: fc.constantFrom<Command>({ do: "shutdown" }, { do: "end" }) },
);

const semaphoreCommand = fc.oneof(
  { weight: 5, arbitrary: fc.constant("acquire" as const) },
  { weight: 2, arbitrary: fc.constantFrom("release" as const, "steal" as const) },
  { weight: 1, arbitrary: fc.nat(20) },
);

/** What a queue is, without threads: who waits, what lies in it, how each call has ended. */
class Model {
  readonly items: number[] = [];
  readonly outcomes: string[] = [];
  private getters: number[] = [];
  private putters: { readonly call: number; readonly item: number }[] = [];
  private shut = false;
  private readonly maxsize: number;
  private readonly lifo: boolean;

  constructor(maxsize: number, lifo: boolean) {
    this.maxsize = maxsize;
    this.lifo = lifo;
  }

  get waiting(): number[] {
    return [...this.getters, ...this.putters.map(({ call }) => call)].sort((a, b) => a - b);
  }

  get firstGetter(): number | undefined {
    return this.getters[0];
  }

  get firstPutter(): number | undefined {
    return this.putters[0]?.call;
  }

  get(call: number, waits: boolean): void {
    if (this.items.length > 0) this.outcomes[call] = `got ${this.take()}`;
    else if (this.shut) this.outcomes[call] = "QueueShutDown";
    else if (waits) this.getters.push(call);
    else this.outcomes[call] = "QueueEmpty";
    this.settle();
  }

  put(call: number, item: number, waits: boolean): void {
    const full = this.maxsize > 0 && this.items.length >= this.maxsize;
    if (this.shut) this.outcomes[call] = "QueueShutDown";
    else if (full && !waits) this.outcomes[call] = "QueueFull";
    else this.putters.push({ call, item });
    this.settle();
  }

  cancel(call: number): void {
    this.getters = this.getters.filter((each) => each !== call);
    this.putters = this.putters.filter((each) => each.call !== call);
    this.outcomes[call] = "CancelledError";
  }

  shutdown(immediate: boolean): void {
    this.shut = true;
    if (immediate) this.items.length = 0;
    for (const call of this.waiting) this.outcomes[call] = "QueueShutDown";
    this.getters = [];
    this.putters = [];
  }

  private take(): number {
    return this.lifo ? this.items.pop()! : this.items.shift()!;
  }

  private settle(): void {
    for (;;) {
      if (this.putters.length > 0 && (this.maxsize === 0 || this.items.length < this.maxsize)) {
        const { call, item } = this.putters.shift()!;
        this.items.push(item);
        this.outcomes[call] = "put";
      } else if (this.getters.length > 0 && this.items.length > 0) {
        this.outcomes[this.getters.shift()!] = `got ${this.take()}`;
      } else {
        return;
      }
    }
  }
}

class Player {
  readonly queue: Queue<number>;
  readonly model: Model;
  private readonly tasks: Task<string>[] = [];
  private readonly kind: string;

  constructor(kind: string, maxsize: number, lifo: boolean) {
    this.kind = kind;
    this.queue = lifo ? new LifoQueue(maxsize) : new Queue(maxsize);
    this.model = new Model(maxsize, lifo);
  }

  async play(command: Command): Promise<void> {
    const { queue, model, tasks } = this;
    const call = tasks.length;
    if (command.do === "get") {
      model.get(call, true);
      this.call(() => queue.getAsync());
    } else if (command.do === "put") {
      model.put(call, call, true);
      this.call(() => queue.putAsync(call));
    } else if (command.do === "getNowait" || command.do === "getAndCancel") {
      const woken = command.do === "getAndCancel" && model.items.length > 0 ? model.firstPutter : undefined;
      if (woken !== undefined) model.cancel(woken);
      model.get(call, false);
      this.callNow(() => queue.getNowait());
      if (woken !== undefined) tasks[woken]!.cancel();
    } else if (command.do === "putNowait" || command.do === "putAndCancel") {
      const woken = command.do === "putAndCancel" ? model.firstGetter : undefined;
      if (woken !== undefined) model.cancel(woken);
      model.put(call, call, false);
      this.callNow(() => queue.putNowait(call));
      if (woken !== undefined) tasks[woken]!.cancel();
    } else if (command.do === "cancel") {
      const { waiting } = model;
      if (waiting.length === 0) return;
      const chosen = waiting[command.which % waiting.length]!;
      model.cancel(chosen);
      tasks[chosen]!.cancel();
    } else {
      model.shutdown(command.do === "end");
      queue.shutdown({ immediate: command.do === "end" });
    }
    await this.settle();
  }

  private call(start: () => PromiseLike<unknown>): void {
    const body = bodyOf(this.kind, function* () {
      const value = (yield start() as never) as unknown;
      return value === undefined ? "put" : `got ${value}`;
    });
    this.tasks.push(createTask(() => body()));
  }

  private callNow(act: () => unknown): void {
    const body = async (): Promise<string> => {
      await sleep(0);
      return outcome;
    };
    let outcome: string;
    try {
      const value = act();
      outcome = value === undefined ? "put" : `got ${value}`;
    } catch (error) {
      outcome = (error as Error).name;
    }
    this.tasks.push(createTask(body));
  }

  /** Until whoever is not done stands in line. */
  private async settle(): Promise<void> {
    for (;;) {
      await sleep(0);
      const { waitingGet, waitingPut } = this.queue.statistics();
      const pending = this.tasks.filter((task) => !task.done()).length;
      if (pending === waitingGet + waitingPut && pending === this.model.waiting.length) return;
      if (performance.now() > this.deadline) throw new Error(`${this.queue}: ${pending} calls are pending`);
    }
  }

  private readonly deadline: number = performance.now() + 5000;

  check(): void {
    const outcomes = this.tasks.map((task) => {
      if (!task.done()) return undefined;
      if (task.cancelled()) return "CancelledError";
      const error = task.exception() as Error | null;
      return error === null ? task.result() : error.name;
    });
    expect(outcomes).toEqual(Array.from(outcomes, (_, call) => this.model.outcomes[call]));
    expect(this.queue.qsize()).toBe(this.model.items.length);
    const { size, bytes } = this.queue.statistics();
    expect(bytes > 0).toBe(size > 0);
  }

  close(): void {
    for (const task of this.tasks) task.cancel();
  }
}

describe.each([
  ["generator", "Queue"],
  ["native", "LifoQueue"],
])("in random calls from %s coroutines a %s", (kind, name) => {
  it("does what its model does", { timeout: 60_000 }, () =>
    fc.assert(
      fc.asyncProperty(fc.nat(3), fc.array(queueCommand, { maxLength: 40 }), (maxsize, commands) =>
        run(async () => {
          const player = new Player(kind, maxsize, name === "LifoQueue");
          for (const command of commands) {
            await player.play(command);
            player.check();
          }
          player.close();
        }),
      ),
      { numRuns: 300 },
    ),
  );
});

describe("in random calls a semaphore", () => {
  it("neither loses nor gains a permit", { timeout: 60_000 }, () =>
    fc.assert(
      fc.asyncProperty(fc.nat(3), fc.array(semaphoreCommand, { maxLength: 40 }), (permits, commands) =>
        run(async () => {
          const semaphore = new Semaphore(permits);
          const tasks: Task<unknown>[] = [];
          let released = permits;
          for (const command of commands) {
            if (command === "acquire") tasks.push(createTask(semaphore.acquireAsync()));
            else if (typeof command === "number") tasks[command % Math.max(1, tasks.length)]?.cancel();
            else semaphore.release();
            if (command === "release" || command === "steal") released++;
            // The one that has been woken, before it goes on.
            if (command === "steal") tasks.find((task) => !task.done())?.cancel();
            else await sleep(0);
          }
          for (;;) {
            await sleep(0);
            const { value, waiters } = semaphore.statistics();
            const taken = tasks.filter((task) => task.done() && !task.cancelled()).length;
            if (tasks.filter((task) => !task.done()).length !== waiters) continue;
            expect(value).toBe(released - taken);
            expect(value === 0 || waiters === 0).toBe(true);
            break;
          }
          for (const task of tasks) task.cancel();
        }),
      ),
      { numRuns: 300 },
    ),
  );
});
