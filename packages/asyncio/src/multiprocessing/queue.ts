import { OutsideFuture } from "../interop/outside-future.ts";
import type { Delay } from "../loop/delay.ts";
import { QueueEmpty, QueueFull } from "../loop/errors.ts";
import { inspectCustom } from "../loop/repr.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { asking } from "./ask.ts";
import { HomeQueue } from "./home-queue.ts";
import { hub } from "./hub.ts";
import type { Ref } from "./messages.ts";
import { pack, registerShared, SharedObject } from "./shared-object.ts";

/** So many items may be on their way from a process before `put` waits. */
const WINDOW = 32;

interface Details {
  readonly maxsize: number;
}

export interface WaitOptions {
  /** So long at most; default null: for ever. */
  readonly timeout?: Delay | null;
}

abstract class QueueBase<T> extends SharedObject {
  /** @internal */ readonly _ref: Ref;
  private readonly limit: number;
  /** Items that are on their way, and tasks that wait for that to be fewer. */
  private underWay: number = 0;
  private readonly waiting: Set<OutsideFuture<void>> = new Set();

  /** @internal */
  constructor(type: string, maxsize: number, joinable: boolean, ref: Ref | null) {
    super();
    if (Number.isNaN(maxsize)) throw new RangeError("maxsize must not be NaN");
    this.limit = maxsize;
    this._ref = ref ?? {
      node: hub.node,
      id: hub.keep(new HomeQueue(maxsize, joinable)),
      type,
      details: { maxsize } satisfies Details,
    };
  }

  /**
   * Puts an item into the queue, and waits while `maxsize` items are in it. Without a limit it waits only while 32 items
   * are on their way from this process. Throws `UncloneableError`, which names the path to what cannot be passed;
   * `ProcessDiedError` when the process that keeps the queue has ended. Cancelled, it has put nothing.
   */
  put(item: T): Coroutine<void> {
    return new FunctionCoroutine(putDefinition, this, [item]);
  }

  /**
   * Takes the next item, and waits while there is none. Throws `ProcessDiedError` when the last other process that had the
   * queue has died: nobody else could put anything. Cancelled, it has taken nothing.
   */
  get(): Coroutine<T> {
    return asking(() => this._ref, "get", []);
  }

  /** Whether no item is in the queue, at this moment. */
  empty(): Coroutine<boolean> {
    return new FunctionCoroutine(emptyDefinition, this, []);
  }

  /** @internal */
  *_put(item: T): CoroutineGenerator<void> {
    if (this.limit > 0 || this._ref.node === hub.node) return yield* asking<void>(() => this._ref, "put", [item]);
    while (this.underWay >= WINDOW) yield* this.room();
    const loop = getRunningLoop();
    this.underWay++;
    try {
      hub.call(this._ref, "put", pack([item], "args", this._ref.node), ({ failed, value }) => {
        this.arrived();
        if (failed) loop.callExceptionHandler({ message: "an item put into a queue is lost", exception: value });
      });
    } catch (error) {
      this.arrived();
      throw error;
    }
  }

  private arrived(): void {
    this.underWay--;
    for (const each of this.waiting) if (!each.done()) each.setResult();
    this.waiting.clear();
  }

  private *room(): CoroutineGenerator<void> {
    const future = new OutsideFuture<void>(getRunningLoop());
    this.waiting.add(future);
    try {
      yield* future;
    } finally {
      this.waiting.delete(future);
    }
  }

  /** @internal */
  *_empty(): CoroutineGenerator<boolean> {
    return (yield* asking<number>(() => this._ref, "qsize", [])) === 0;
  }

  override _toRef(): Ref {
    return this._ref;
  }

  override _passed(to: string): void {
    hub.passed(this._ref, to);
  }

  /** @internal */
  _repr(): string {
    return `<${this.constructor.name} of process ${this._ref.node.split("-")[0]}>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

const putDefinition = define(QueueBase.prototype._put as never, "put");
const emptyDefinition = define(QueueBase.prototype._empty as never, "empty");

/** A queue between processes, without a limit. multiprocessing: `SimpleQueue`. */
export class SimpleQueue<T = unknown> extends QueueBase<T> {
  constructor();
  /** @internal */
  constructor(ref: Ref);
  constructor(ref: Ref | null = null) {
    super("SimpleQueue", 0, false, ref);
  }
}

abstract class LimitedQueue<T> extends QueueBase<T> {
  /** How many items may be in the queue; 0: any number. */
  readonly maxsize: number;

  /** @internal */
  constructor(type: string, maxsize: number, joinable: boolean, ref: Ref | null) {
    super(type, maxsize, joinable, ref);
    this.maxsize = maxsize;
  }

  /** As `SimpleQueue.put`; throws `QueueFull` when there is no room within `timeout`. */
  override put(item: T, options: WaitOptions = {}): Coroutine<void> {
    if (options.timeout === undefined || options.timeout === null) return super.put(item);
    return asking(() => this._ref, "put", [item], options.timeout, full);
  }

  /** As `SimpleQueue.get`; throws `QueueEmpty` when nothing has come within `timeout`. */
  override get(options: WaitOptions = {}): Coroutine<T> {
    return asking(() => this._ref, "get", [], options.timeout ?? null, empty);
  }

  /** Puts an item without waiting for room: throws `QueueFull`. Other processes' answers take their time all the same. */
  putNowait(item: T): Coroutine<void> {
    return asking(() => this._ref, "putNowait", [item]);
  }

  /** Takes an item without waiting for one: throws `QueueEmpty`. */
  getNowait(): Coroutine<T> {
    return asking(() => this._ref, "getNowait", []);
  }

  /** The number of items in the queue, at this moment. */
  qsize(): Coroutine<number> {
    return asking(() => this._ref, "qsize", []);
  }

  /** Whether `maxsize` items are in the queue, at this moment. */
  full(): Coroutine<boolean> {
    return asking(() => this._ref, "full", []);
  }
}

function full(): never {
  throw new QueueFull();
}

function empty(): never {
  throw new QueueEmpty();
}

/**
 * A queue between processes, first in, first out: pass it to a `Process`, or through another queue, and use it on both
 * sides. Items are cloned. It is kept by the process that makes it. multiprocessing: `Queue`.
 *
 * Nothing is lost with a process that dies: what it has not received yet stays in the queue. One process gets the items
 * of another in the order in which they were put.
 */
export class Queue<T = unknown> extends LimitedQueue<T> {
  constructor(maxsize?: number);
  /** @internal */
  constructor(maxsize: number, ref: Ref);
  constructor(maxsize: number = 0, ref: Ref | null = null) {
    super("Queue", maxsize, false, ref);
  }
}

/** A `Queue` that knows when the work on all items is done. multiprocessing: `JoinableQueue`. */
export class JoinableQueue<T = unknown> extends LimitedQueue<T> {
  constructor(maxsize?: number);
  /** @internal */
  constructor(maxsize: number, ref: Ref);
  constructor(maxsize: number = 0, ref: Ref | null = null) {
    super("JoinableQueue", maxsize, true, ref);
  }

  /** Says that the work on an item taken earlier is done. Throws `RangeError` when there were more calls than items. */
  taskDone(): Coroutine<void> {
    return asking(() => this._ref, "taskDone", []);
  }

  /**
   * Waits until `taskDone` has been called for every item. Throws `ProcessDiedError` when a process has ended that has taken
   * items and has not called it.
   */
  join(): Coroutine<void> {
    return asking(() => this._ref, "join", []);
  }
}

registerShared("SimpleQueue", (ref) => new SimpleQueue(ref));
registerShared("Queue", (ref) => new Queue((ref.details as Details).maxsize, ref));
registerShared("JoinableQueue", (ref) => new JoinableQueue((ref.details as Details).maxsize, ref));
