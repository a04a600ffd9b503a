import { QueueEmpty, QueueFull, QueueShutDown } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { type Coroutine, CREATED } from "../tasks/coroutine.ts";
import { noteCreated } from "../tasks/never-awaited.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";
import { Fifo } from "./fifo.ts";
import { REMARKABLE, reportGrowth } from "./growth.ts";
import { LoopBound } from "./loop-bound.ts";
import { ParkingLot, Waiter } from "./parking-lot.ts";
import { PromptCoroutine } from "./prompt-coroutine.ts";
import { wakeAll, wakeNext } from "./wake.ts";

/** Where a queue keeps its items; its order is the queue's. */
export interface QueueItems<T> {
  readonly length: number;
  push(item: T): void;
  /** Takes the next item; there is one. */
  take(): T;
  clear(): void;
  toArray(): T[];
}

export interface QueueStatistics {
  /** Items in the queue. */
  readonly size: number;
  /** How many there may be; 0 when there is no limit. */
  readonly maxsize: number;
  /** Items put and not reported by `taskDone` yet. */
  readonly unfinished: number;
  readonly tasksWaitingGet: number;
  readonly tasksWaitingPut: number;
  readonly tasksWaitingJoin: number;
  readonly shutDown: boolean;
}

/**
 * A queue between tasks, first in, first out. asyncio: `Queue`.
 *
 * With `maxsize` > 0 `put` waits while so many items are in it; without, it never waits (prefer a limit: producers that
 * are faster than their consumers fill the memory). `for await (const item of queue)` takes items until the queue is shut
 * down and empty. Throws `RangeError` when `maxsize` is NaN.
 *
 * Waiting tasks are served in the order in which they came, with asyncio's one exception: a task that calls `get` or
 * `put` between somebody's wake-up and its next step may be faster, and the woken one goes to the end of the line.
 * Cancelling a waiting task loses nothing: the item stays, and the next in line is woken for it.
 */
export class Queue<T = unknown> extends LoopBound {
  /** How many items may be in the queue; 0 or less: any number. */
  readonly maxsize: number;
  /** @internal */ readonly _items: QueueItems<T>;
  /** @internal */ readonly _getters: ParkingLot = new ParkingLot(this);
  /** @internal */ readonly _putters: ParkingLot = new ParkingLot(this);
  /** @internal */ readonly _joiners: ParkingLot = new ParkingLot(this);
  /** @internal */ _unfinished: number = 0;
  /** @internal */ _isShutDown: boolean = false;
  /** The size at which debug mode reports growth without limit. */
  private remarkable: number;

  constructor(maxsize?: number);
  /** Another order of items. @internal */
  constructor(maxsize: number, items: QueueItems<T>);
  constructor(maxsize: number = 0, items: QueueItems<T> = new Fifo<T>()) {
    super();
    if (Number.isNaN(maxsize)) throw new RangeError("maxsize must not be NaN");
    this.maxsize = maxsize;
    this.remarkable = maxsize > 0 ? Infinity : REMARKABLE;
    this._items = items;
  }

  /** The number of items in the queue. */
  qsize(): number {
    return this._items.length;
  }

  empty(): boolean {
    return this._items.length === 0;
  }

  /** Whether `maxsize` items are in the queue; never, when there is no limit. */
  full(): boolean {
    return this.maxsize > 0 && this._items.length >= this.maxsize;
  }

  /**
   * Puts an item into the queue, and waits for room while it is full. Without need it does not suspend.
   * Throws `QueueShutDown` when the queue is shut down, also while waiting. Cancelled, it has put nothing.
   */
  put(item: T): Coroutine<void> {
    return new QuickPut(this, item);
  }

  /** Puts an item into the queue at once. Throws `QueueFull`, or `QueueShutDown` after `shutdown`. */
  putNowait(item: T): void {
    this._put(item, null);
  }

  /** @internal */
  _put(item: T, by: object | null): void {
    if (this._isShutDown) throw new QueueShutDown();
    if (this.full()) throw new QueueFull();
    this._items.push(item);
    this._unfinished++;
    if (this._items.length >= this.remarkable) this.noteGrowth(by);
    wakeNext(this._getters, undefined);
  }

  /**
   * Takes the next item, and waits while there is none. When there is one it does not suspend.
   * Throws `QueueShutDown` when the queue is shut down and empty, also while waiting. Cancelled, it has taken nothing.
   */
  get(): Coroutine<T> {
    return new QuickGet(this);
  }

  /** Takes the next item at once. Throws `QueueEmpty`, or `QueueShutDown` when none will ever come. */
  getNowait(): T {
    if (this._items.length === 0) throw this._isShutDown ? new QueueShutDown() : new QueueEmpty();
    const item = this._items.take();
    wakeNext(this._putters, undefined);
    return item;
  }

  /** Takes items until the queue is shut down and empty. Several loops may share a queue. asyncio has no counterpart. */
  [Symbol.asyncIterator](): QueueIterator<T> {
    return new QueueIterator(this);
  }

  /**
   * Says that the work on an item taken earlier is done; see `join`.
   * Throws `RangeError` when there have been more calls than items.
   */
  taskDone(): void {
    if (this._unfinished <= 0) throw new RangeError("taskDone() called too many times");
    if (--this._unfinished === 0) wakeAll(this._joiners, undefined);
  }

  /** Waits until `taskDone` has been called for every item that was put. */
  join(): Coroutine<void> {
    return new Join(this);
  }

  /**
   * Ends the queue: from now on `put` throws `QueueShutDown`, and so does `get` once the queue is empty; waiting tasks are
   * woken for that. With `immediate` (default false) the items still in it are dropped and count as done.
   */
  shutdown(options: { readonly immediate?: boolean } = {}): void {
    this._isShutDown = true;
    if (options.immediate === true) {
      this._unfinished = Math.max(0, this._unfinished - this._items.length);
      this._items.clear();
      if (this._unfinished === 0) wakeAll(this._joiners, undefined);
    }
    wakeAll(this._getters, undefined);
    wakeAll(this._putters, undefined);
  }

  /** The queue's state in numbers. */
  statistics(): QueueStatistics {
    return {
      size: this._items.length,
      maxsize: Math.max(0, this.maxsize),
      unfinished: this._unfinished,
      tasksWaitingGet: this._getters.length,
      tasksWaitingPut: this._putters.length,
      tasksWaitingJoin: this._joiners.length,
      shutDown: this._isShutDown,
    };
  }

  private noteGrowth(by: object | null): void {
    this.remarkable *= 2;
    reportGrowth(this, this._items.length, by);
  }

  // ---- representation

  /** @internal */
  _state(): string {
    const info = [`maxsize=${this.maxsize}`];
    if (this._items.length > 0) info.push(`_queue=${repr(this._items.toArray())}`);
    if (this._getters.length > 0) info.push(`_getters[${this._getters.length}]`);
    if (this._putters.length > 0) info.push(`_putters[${this._putters.length}]`);
    if (this._unfinished > 0) info.push(`tasks=${this._unfinished}`);
    if (this._isShutDown) info.push("shutdown");
    return info.join(" ");
  }

  /** @internal */
  override _repr(): string {
    return `<${this.constructor.name} ${this._state()}>`;
  }
}

abstract class QueueCoroutine<T, R> extends PromptCoroutine<R> {
  protected readonly queue: Queue<T>;

  constructor(queue: Queue<T>) {
    super();
    this.queue = queue;
  }

  /** Somebody may have been faster, then it waits again, at the end of the line: as in asyncio. */
  protected override woken(): Step<R> {
    return this.attempt();
  }

  protected waitIn(lot: ParkingLot): Step<R> {
    return this.park(lot, new Waiter(this.queue._bind()));
  }
}

/** What ends with an item. */
abstract class Taking<T, R> extends QueueCoroutine<T, R> {
  protected abstract taken(item: T): Step<R>;
  /** The queue is shut down and nothing is left. */
  protected abstract atEnd(): Step<R>;

  get name(): string {
    return "get";
  }

  protected override isReady(): boolean {
    return this.queue._items.length > 0;
  }

  protected override attempt(): Step<R> {
    const { queue } = this;
    if (queue._items.length > 0) return this.taken(queue.getNowait());
    if (queue._isShutDown) return this.atEnd();
    return this.waitIn(queue._getters);
  }

  protected override lost(wasWoken: boolean): void {
    if (wasWoken && this.queue._items.length > 0) wakeNext(this.queue._getters, undefined);
  }
}

class Get<T> extends Taking<T, T> {
  protected override taken(item: T): Step<T> {
    return this.over(item);
  }

  protected override atEnd(): Step<T> {
    throw new QueueShutDown();
  }
}

class NextItem<T> extends Taking<T, IteratorResult<T, undefined>> {
  protected override taken(value: T): Step<IteratorResult<T, undefined>> {
    return this.over({ done: false, value });
  }

  protected override atEnd(): Step<IteratorResult<T, undefined>> {
    return this.over({ done: true, value: undefined });
  }
}

/** What `for await (const item of queue)` steps. */
export class QueueIterator<T> {
  private readonly queue: Queue<T>;

  constructor(queue: Queue<T>) {
    this.queue = queue;
  }

  /** The next item, or the end. Cancelled, it has taken nothing. */
  next(): Coroutine<IteratorResult<T, undefined>> {
    return new NextItem(this.queue);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

class Put<T> extends QueueCoroutine<T, void> {
  private readonly item: T;

  constructor(queue: Queue<T>, item: T) {
    super(queue);
    this.item = item;
  }

  get name(): string {
    return "put";
  }

  protected override isReady(): boolean {
    return !this.queue.full();
  }

  protected override attempt(): Step<void> {
    const { queue } = this;
    if (queue._isShutDown) throw new QueueShutDown();
    if (queue.full()) return this.waitIn(queue._putters);
    queue._put(this.item, this);
    return this.over(undefined);
  }

  protected override lost(wasWoken: boolean): void {
    if (wasWoken && !this.queue.full()) wakeNext(this.queue._putters, undefined);
  }
}

class Join<T> extends QueueCoroutine<T, void> {
  get name(): string {
    return "join";
  }

  protected override isReady(): boolean {
    return this.queue._unfinished === 0;
  }

  protected override attempt(): Step<void> {
    return this.queue._unfinished > 0 ? this.waitIn(this.queue._joiners) : this.over(undefined);
  }

  /** All was done at one moment; what has been put since then is not waited for. */
  protected override woken(): Step<void> {
    return this.over(undefined);
  }

  protected override lost(): void {}
}

/*
 * `new Put(…)` and `new Get(…)` without the chain of `super` calls, which V8 does not inline here: 60 ns for an item
 * through the queue instead of 68.
 */
const QuickPut = function (this: Unstarted, queue: Queue<unknown>, item: unknown): void {
  this._phase = CREATED;
  this._waiter = null;
  this.queue = queue;
  this.item = item;
  noteCreated(this as never);
} as unknown as new <T>(
  queue: Queue<T>,
  item: T,
) => Put<T>;
(QuickPut as { prototype: unknown }).prototype = Put.prototype;

const QuickGet = function (this: Unstarted, queue: Queue<unknown>): void {
  this._phase = CREATED;
  this._waiter = null;
  this.queue = queue;
  noteCreated(this as never);
} as unknown as new <T>(
  queue: Queue<T>,
) => Get<T>;
(QuickGet as { prototype: unknown }).prototype = Get.prototype;

interface Unstarted {
  _phase: number;
  _waiter: null;
  queue: Queue<unknown>;
  item: unknown;
}
