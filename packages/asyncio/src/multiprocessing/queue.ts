import { uncloneableError } from "../border/uncloneable-error.ts";
import { OutsideFuture } from "../interop/outside-future.ts";
import type { Delay } from "../loop/delay.ts";
import { QueueEmpty, QueueFull } from "../loop/errors.ts";
import { inspectCustom } from "../loop/repr.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { asking } from "./ask.ts";
import { HomeQueue } from "./home-queue.ts";
import { hub } from "./hub.ts";
import type { Packed, Ref } from "./messages.ts";
import { pack, type Reviver, SharedObject, unpack } from "./shared-object.ts";

/** Items for another process are gathered until its loop has nothing else to do, but never more of them. */
const MOST_GATHERED = 64;
/** So many of such messages may be on their way before `put` waits. */
const WINDOW = 8;
/** What is larger goes at once, in bytes or characters. */
const LARGE = 16_384;

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
  private batch: unknown[] = [];
  private loop: EventLoop | null = null;
  /** Messages that are on their way, and tasks that wait for that to be fewer. */
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
   * Puts an item into the queue, and waits while `maxsize` items are in it. Without a limit it waits only while several
   * hundred are on their way from this process; those that are lost there are reported to the exception handler. Throws
   * `UncloneableError`, which names the path to what cannot be passed, `ProcessDiedError` when the process that keeps the
   * queue has ended. Cancelled, it has put nothing.
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
    const end = hub.endOf(this._ref.node);
    if (end !== null) throw end;
    const packed = pack([item], "args", this._ref.node);
    if (packed.shared) return yield* this.send(packed);
    const copy = snapshot(item);
    while (this.underWay >= WINDOW) yield* this.room();
    this.loop = getRunningLoop();
    this.batch.push(copy);
    if (this.batch.length >= MOST_GATHERED || isLarge(copy)) this._flush();
    else hub.gathers(this);
  }

  private *send(args: Packed): CoroutineGenerator<void> {
    this._flush();
    yield* asking<void>(() => this._ref, "put", [(unpack(args) as [T])[0]]);
  }

  /** Sends what has been gathered. @internal */
  _flush(): void {
    const { batch, loop } = this;
    if (batch.length === 0) return;
    this.batch = [];
    this.underWay++;
    const lost = (exception: unknown): void =>
      loop!.callExceptionHandler({ message: `${batch.length} items put into a queue are lost`, exception });
    try {
      hub.call(this._ref, "putMany", { value: [batch], shared: false }, ({ failed, value }) => {
        this.arrived();
        if (failed) lost(value);
      });
    } catch (error) {
      this.arrived();
      lost(error);
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

/** What happens to the item afterwards is the program's own affair. */
function snapshot(item: unknown): unknown {
  if (typeof item !== "object" || item === null) return item;
  try {
    return structuredClone(item);
  } catch (cause) {
    throw uncloneableError(cause, item, { border: "process", root: "item" });
  }
}

function isLarge(item: unknown): boolean {
  if (typeof item === "string") return item.length > LARGE;
  const size = (item as { readonly byteLength?: unknown } | null | undefined)?.byteLength;
  return typeof size === "number" && size > LARGE;
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

export const revivedQueues: Readonly<Record<string, Reviver>> = {
  SimpleQueue: (ref) => new SimpleQueue(ref),
  Queue: (ref) => new Queue((ref.details as Details).maxsize, ref),
  JoinableQueue: (ref) => new JoinableQueue((ref.details as Details).maxsize, ref),
};
