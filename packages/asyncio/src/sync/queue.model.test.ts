import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createTask,
  isCancelled,
  LifoQueue,
  PriorityQueue,
  Queue,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  sleep,
  type Task,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

/**
 * asyncio's queue as a table: who waits where, who is due to run. Small enough to be compared with CPython's queues.py by
 * eye; random programs must not tell it from the real one, after any operation.
 */
class Model {
  readonly items: number[] = [];
  readonly log: string[] = [];
  private getters: Actor[] = [];
  private putters: Actor[] = [];
  private joiners: Actor[] = [];
  private due: Actor[] = [];
  private unfinished = 0;
  private isShutDown = false;
  private readonly order: Order;
  private readonly maxsize: number;

  constructor(order: Order, maxsize: number) {
    this.order = order;
    this.maxsize = maxsize;
  }

  spawn(actor: Actor): void {
    this.due.push(actor);
  }

  cancel(actor: Actor): void {
    if (actor.state === "parked") {
      actor.state = "cancelled";
      this.due.push(actor);
    } else if (actor.state !== "done") {
      actor.mustCancel = true;
    }
  }

  tick(): void {
    for (const actor of this.due.splice(0)) this.step(actor);
  }

  putNowait(item: number): string {
    if (this.isShutDown) return "QueueShutDown";
    if (this.full()) return "QueueFull";
    this.items.push(item);
    this.unfinished++;
    this.wake(this.getters);
    return "put";
  }

  getNowait(): string {
    if (this.items.length === 0) return this.isShutDown ? "QueueShutDown" : "QueueEmpty";
    const at =
      this.order === "fifo"
        ? 0
        : this.order === "lifo"
          ? this.items.length - 1
          : this.items.indexOf(Math.min(...this.items));
    const [item] = this.items.splice(at, 1);
    this.wake(this.putters);
    return `got ${item}`;
  }

  taskDone(): string {
    if (this.unfinished === 0) return "RangeError";
    if (--this.unfinished === 0) this.wakeAll(this.joiners);
    return "done";
  }

  shutdown(immediate: boolean): void {
    this.isShutDown = true;
    if (immediate) {
      this.unfinished = Math.max(0, this.unfinished - this.items.length);
      this.items.length = 0;
      if (this.unfinished === 0) this.wakeAll(this.joiners);
    }
    this.wakeAll(this.getters);
    this.wakeAll(this.putters);
  }

  state(): unknown {
    return [
      [...this.items].sort(),
      this.getters.length,
      this.putters.length,
      this.joiners.length,
      this.unfinished,
      this.isShutDown,
    ];
  }

  private full(): boolean {
    return this.maxsize > 0 && this.items.length >= this.maxsize;
  }

  private lotOf(actor: Actor): Actor[] {
    return actor.what === "get" ? this.getters : actor.what === "put" ? this.putters : this.joiners;
  }

  private step(actor: Actor): void {
    const { state, mustCancel } = actor;
    const lot = this.lotOf(actor);
    actor.state = "running";
    if (state === "new" && mustCancel) return this.end(actor, null); // It never ran.
    if (state === "cancelled" || mustCancel) {
      const at = lot.indexOf(actor);
      if (at >= 0) lot.splice(at, 1);
      if (state === "woken" && actor.what === "get" && this.items.length > 0) this.wake(this.getters);
      if (state === "woken" && actor.what === "put" && !this.full()) this.wake(this.putters);
      return this.end(actor, "cancelled");
    }
    const park = (): void => {
      actor.state = "parked";
      lot.push(actor);
    };
    if (actor.what === "join") {
      if (state === "new" && this.unfinished > 0) park();
      else this.end(actor, "joined");
    } else if (actor.what === "get") {
      if (this.items.length === 0 && !this.isShutDown) park();
      else this.end(actor, this.getNowait());
    } else if (this.full() && !this.isShutDown) park();
    else this.end(actor, this.putNowait(actor.item));
  }

  private end(actor: Actor, outcome: string | null): void {
    actor.state = "done";
    if (outcome !== null) this.log.push(`${actor.item}: ${outcome}`);
  }

  private wake(lot: Actor[]): boolean {
    for (let actor = lot.shift(); actor !== undefined; actor = lot.shift()) {
      if (actor.state !== "parked") continue;
      actor.state = "woken";
      this.due.push(actor);
      return true;
    }
    return false;
  }

  private wakeAll(lot: Actor[]): void {
    while (this.wake(lot));
  }
}

type Order = "fifo" | "lifo" | "priority";

interface Actor {
  readonly what: "get" | "put" | "join";
  /** What it puts; its name in the log. */
  readonly item: number;
  state: "new" | "parked" | "woken" | "cancelled" | "running" | "done";
  mustCancel: boolean;
}

const operation = fc.oneof(
  { weight: 4, arbitrary: fc.constant(["get"] as const) },
  { weight: 4, arbitrary: fc.constant(["put"] as const) },
  { weight: 3, arbitrary: fc.tuple(fc.constant("cancel" as const), fc.nat(30)) },
  { weight: 4, arbitrary: fc.tuple(fc.constant("cancelWoken" as const), fc.nat(3)) },
  { weight: 5, arbitrary: fc.constant(["tick"] as const) },
  { weight: 2, arbitrary: fc.constant(["putNowait"] as const) },
  { weight: 2, arbitrary: fc.constant(["getNowait"] as const) },
  { weight: 2, arbitrary: fc.constant(["taskDone"] as const) },
  { weight: 1, arbitrary: fc.constant(["join"] as const) },
);
const ending = fc.option(fc.boolean(), { freq: 3 });
const program = fc.record({
  order: fc.constantFrom<Order>("fifo", "lifo", "priority"),
  maxsize: fc.nat(3),
  native: fc.boolean(),
  before: fc.array(operation, { maxLength: 40, size: "max" }),
  shutdown: ending,
  after: fc.array(operation, { maxLength: 20, size: "max" }),
});

describe("a queue and its model", () => {
  it("cannot be told apart", { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(program, ({ order, maxsize, native, before, shutdown, after }) =>
        runTest(async () => {
          const model = new Model(order, maxsize);
          const queue: Queue<number> = new { fifo: Queue, lifo: LifoQueue, priority: PriorityQueue }[order]<number>(
            maxsize,
          );
          const log: string[] = [];
          const actors: Actor[] = [];
          const tasks: Task<void>[] = [];

          const act = async ([what, index]: readonly [string, number?]): Promise<void> => {
            const item = (actors.length * 7) % 100; // In no order, and each once.
            if (what === "get" || what === "put" || what === "join") {
              const actor: Actor = { what, item, state: "new", mustCancel: false };
              actors.push(actor);
              model.spawn(actor);
              tasks.push(
                createTask(native ? () => nativeActor(queue, actor, log) : () => generatorActor(queue, actor, log)),
              );
            } else if (what === "cancel" || what === "cancelWoken") {
              const wanted = actors.filter(({ state }) => (what === "cancel" ? state !== "done" : state === "woken"));
              const actor = wanted[index! % wanted.length];
              if (actor === undefined) return;
              model.cancel(actor);
              tasks[actors.indexOf(actor)]!.cancel();
            } else if (what === "tick") {
              model.tick();
              await sleep(0);
            } else if (what === "putNowait") {
              const outcome = attempt(() => {
                queue.putNowait(item);
                return "put";
              });
              expect(outcome).toBe(model.putNowait(item));
            } else if (what === "getNowait") {
              expect(attempt(() => `got ${queue.getNowait()}`)).toBe(model.getNowait());
            } else if (what === "taskDone") {
              const outcome = attempt(() => {
                queue.taskDone();
                return "done";
              });
              expect(outcome).toBe(model.taskDone());
            }
            const { tasksWaitingGet, tasksWaitingPut, tasksWaitingJoin, unfinished, shutDown } = queue.statistics();
            const items = [...queue._items.toArray()].sort();
            expect([items, tasksWaitingGet, tasksWaitingPut, tasksWaitingJoin, unfinished, shutDown]).toEqual(
              model.state(),
            );
            expect(log).toEqual(model.log);
          };

          for (const each of before) await act(each);
          if (shutdown !== null) {
            queue.shutdown({ immediate: shutdown });
            model.shutdown(shutdown);
          }
          for (const each of after) await act(each);
          for (const task of tasks) task.cancel();
          for (const actor of actors) model.cancel(actor);
          for (let i = 0; i < 4; i++) await act(["tick"]);
          expect(tasks.every((task) => task.done())).toBe(true);
          expect(queue.statistics()).toMatchObject({ tasksWaitingGet: 0, tasksWaitingPut: 0, tasksWaitingJoin: 0 });
        }),
      ),
      { numRuns: 300, seed: 1 },
    );
  });
});

function* generatorActor(queue: Queue<number>, { what, item }: Actor, log: string[]) {
  try {
    if (what === "get") log.push(`${item}: got ${yield* queue.get()}`);
    else if (what === "put") log.push(`${item}: ${(yield* queue.put(item)) ?? "put"}`);
    else log.push(`${item}: ${(yield* queue.join()) ?? "joined"}`);
  } catch (error) {
    log.push(`${item}: ${nameOf(error)}`);
  }
}

async function nativeActor(queue: Queue<number>, { what, item }: Actor, log: string[]): Promise<void> {
  try {
    if (what === "get") log.push(`${item}: got ${await queue.get()}`);
    else if (what === "put") log.push(`${item}: ${(await queue.put(item)) ?? "put"}`);
    else log.push(`${item}: ${(await queue.join()) ?? "joined"}`);
  } catch (error) {
    log.push(`${item}: ${nameOf(error)}`);
  }
}

function attempt(act: () => string): string {
  try {
    return act();
  } catch (error) {
    return nameOf(error);
  }
}

function nameOf(error: unknown): string {
  if (isCancelled(error)) return "cancelled";
  const known = [QueueShutDown, QueueEmpty, QueueFull, RangeError].find((kind) => error instanceof kind);
  if (known === undefined) throw error;
  return known.name;
}
