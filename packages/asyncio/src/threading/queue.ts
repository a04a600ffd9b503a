import { QueueEmpty, QueueFull, QueueShutDown } from "../loop/errors.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import { asyncMethod, awaiting } from "./awaiting.ts";
import { type BlockingOptions, block, checkMayBlock, deadlineOf, strictDeadlineOf } from "./blocking.ts";
import { ByteRing, ByteStack, type ByteStore, storedSize } from "./byte-store.ts";
import { decodeItem, encodeItem } from "./item-codec.ts";
import { Operation } from "./operation.ts";
import { placeValue, SharedLot } from "./shared-lot.ts";
import { allocate, limitOf, SharedMemory, STATE } from "./shared-memory.ts";
import { registerKind, revive, type SharedHandle, SharedObject } from "./shared-object.ts";

const MAXSIZE = STATE;
const COUNT = STATE + 1;
const USED = STATE + 2;
const HEAD = STATE + 3;
const UNFINISHED = STATE + 4;
const IS_SHUT_DOWN = STATE + 5;
/** Items that belong to getters which have been woken and have not taken them yet. */
const ITEMS_PROMISED = STATE + 6;
/** Room that belongs to putters which have been woken, in items and in bytes. */
const PUTS_PROMISED = STATE + 7;
const BYTES_PROMISED = STATE + 8;

const GETTERS = 0;
const PUTTERS = 1;

/** What a place is woken with. A putter's is the size that it has been promised. */
const ITEM = 0;
const SHUT_DOWN = -1;

const FIRST_BYTES = 1024;
const DEFAULT_BYTES = 64 * 2 ** 20;
const MOST_BYTES = 2 ** 30;

export interface SharedQueueOptions {
  /**
   * How many bytes the items in the queue may take; `put` waits for room. Default 64 MiB, at most 1 GiB. The memory is
   * taken as it is needed, and kept.
   */
  readonly maxBytes?: number;
}

export interface QueueCallOptions extends BlockingOptions {
  /** Default true. False: throws `QueueEmpty` or `QueueFull` instead of waiting. */
  readonly block?: boolean;
}

export interface SharedQueueStatistics {
  /** Items in the queue. */
  readonly size: number;
  /** How many there may be; 0 when there is no limit. */
  readonly maxsize: number;
  /** The bytes that they take, and how many they may take. */
  readonly bytes: number;
  readonly maxBytes: number;
  /** Items put and not reported by `taskDone` yet. */
  readonly unfinished: number;
  /** How many threads and tasks wait. */
  readonly waitingGet: number;
  readonly waitingPut: number;
  readonly waitingJoin: number;
  readonly shutDown: boolean;
}

/**
 * A queue between threads, and tasks of any of them, first in, first out. Python: `queue.Queue`.
 *
 * Items are copied, as `postMessage` copies them: what structured clone can clone. With `maxsize` > 0 `put` waits while
 * so many items are in it; it also waits while their bytes exceed `maxBytes`. Whoever waits is served in the order in
 * which it came, and nothing is lost by a cancellation.
 */
export class Queue<T = unknown> extends SharedObject {
  /** @internal */ readonly _getters: SharedLot;
  /** @internal */ readonly _putters: SharedLot;
  /** @internal */ readonly _joiners: SharedLot;
  private readonly data: SharedArrayBuffer;
  private readonly store: ByteStore;

  /** Throws `RangeError` unless `maxsize` is an integer (0 or less, or `Infinity`: no limit) and `maxBytes` from 1 to 2³⁰. */
  constructor(maxsize?: number, options?: SharedQueueOptions);
  /** @internal */
  constructor(maxsize: number, options: SharedQueueOptions, revived: readonly [SharedMemory, SharedArrayBuffer] | null);
  constructor(
    maxsize: number = 0,
    options: SharedQueueOptions = {},
    revived: readonly [SharedMemory, SharedArrayBuffer] | null = null,
  ) {
    const [memory, data] = revived ?? fresh(maxsize, options);
    super(memory);
    this._getters = new SharedLot(memory, GETTERS);
    this._putters = new SharedLot(memory, PUTTERS);
    this._joiners = new SharedLot(memory, 2);
    this.data = data;
    this.store = this._makeStore(data, memory.words);
  }

  static from<T>(handle: SharedHandle<"Queue" | "LifoQueue">): Queue<T> {
    return revive(handle, "Queue", "LifoQueue") as Queue<T>;
  }

  share(): SharedHandle<"Queue" | "LifoQueue"> {
    return this.handle("Queue", [this.data]);
  }

  /** @internal */
  _makeStore(data: SharedArrayBuffer, words: Int32Array): ByteStore {
    return new ByteRing(data, { words, used: USED, head: HEAD });
  }

  /** How many items may be in the queue; 0: any number. */
  get maxsize(): number {
    return this._memory.words[MAXSIZE]!;
  }

  /** How many bytes the items may take. */
  get maxBytes(): number {
    return limitOf(this.data);
  }

  /** The number of items in the queue; others may change it at any moment. */
  qsize(): number {
    return this._locked(() => this._memory.words[COUNT]!);
  }

  empty(): boolean {
    return this.qsize() === 0;
  }

  /** Whether `maxsize` items are in the queue, or on their way; never, when there is no limit. */
  full(): boolean {
    return this._locked(() => this.isFull());
  }

  /**
   * Puts a copy of an item into the queue, and blocks the thread while it is full. Throws `QueueFull` when `timeout` was
   * over first, `QueueShutDown` when the queue is or gets shut down, `TypeError` for what cannot be cloned, `RangeError`
   * for what is larger than `maxBytes`, and `RuntimeError` where an event loop runs. Python: `put()`.
   */
  put(item: T, options: QueueCallOptions = {}): void {
    const deadline = this.deadlineFor("put", options);
    if (!block(new Put(this, item), deadline)) throw new QueueFull();
  }

  /** Waits for room and puts a copy of an item into the queue. Cancelled, it has put nothing. */
  putAsync(item: T): Coroutine<void> {
    return awaiting(new Put(this, item), putMethod);
  }

  /** Puts a copy of an item into the queue at once, or throws `QueueFull`. */
  putNowait(item: T): void {
    this.put(item, { block: false });
  }

  /**
   * Takes the next item, and blocks the thread until there is one. Throws `QueueEmpty` when `timeout` was over first,
   * `QueueShutDown` when the queue is shut down and empty, and `RuntimeError` where an event loop runs. Python: `get()`.
   */
  get(options: QueueCallOptions = {}): T {
    const deadline = this.deadlineFor("get", options);
    const getting = new Get<T>(this);
    if (!block(getting, deadline)) throw new QueueEmpty();
    return getting.result;
  }

  /** Waits for an item and takes it. Cancelled, it has taken nothing: the item goes to the next in line. */
  getAsync(): Coroutine<T> {
    return awaiting(new Get<T>(this), getMethod);
  }

  /** Takes the next item at once, or throws `QueueEmpty`. */
  getNowait(): T {
    return this.get({ block: false });
  }

  /** Takes items until the queue is shut down and empty. */
  [Symbol.asyncIterator](): SharedQueueIterator<T> {
    return new SharedQueueIterator(this);
  }

  /**
   * The same for a thread that blocks: `for (const item of queue.items())`. Throws `RuntimeError` where an event loop
   * runs.
   */
  *items(): Generator<T, void, undefined> {
    for (;;) {
      const deadline = this.deadlineFor("get", {});
      const next = new NextItem<T>(this);
      block(next, deadline);
      if (next.result.done === true) return;
      yield next.result.value;
    }
  }

  /**
   * Says that the work on an item taken earlier is done; see `join`. Throws `RangeError` when there have been more calls
   * than items.
   */
  taskDone(): void {
    this._locked(() => {
      const { words } = this._memory;
      if (words[UNFINISHED]! <= 0) throw new RangeError("taskDone() called too many times");
      if (--words[UNFINISHED]! === 0) this._joiners.unparkAll(ITEM);
    });
  }

  /**
   * Blocks the thread until `taskDone` has been called for every item that was put. False when `timeout` was over first
   * (Python knows none). Throws `RuntimeError` where an event loop runs.
   */
  join(options: BlockingOptions = {}): boolean {
    const deadline = deadlineOf(options);
    if (deadline !== 0) checkMayBlock(`${this.constructor.name}.join`, "joinAsync", options);
    return block(new Join(this), deadline);
  }

  /** Waits until `taskDone` has been called for every item that was put. */
  joinAsync(): Coroutine<void> {
    return awaiting(new Join(this), joinMethod);
  }

  /**
   * Ends the queue: from now on `put` throws `QueueShutDown`, and so does `get` once the queue is empty; who waits is
   * woken for that. With `immediate` (default false) the items still in it are dropped and count as done.
   */
  shutdown(options: { readonly immediate?: boolean } = {}): void {
    this._locked(() => {
      const { words } = this._memory;
      words[IS_SHUT_DOWN] = 1;
      if (options.immediate === true) {
        words[UNFINISHED] = Math.max(0, words[UNFINISHED]! - words[COUNT]!);
        words[COUNT] = 0;
        words[ITEMS_PROMISED] = 0;
        this.store.clear();
        if (words[UNFINISHED] === 0) this._joiners.unparkAll(ITEM);
      }
      this._putters.unparkAll(SHUT_DOWN);
      this.endGetters();
    });
  }

  statistics(): SharedQueueStatistics {
    const { words } = this._memory;
    const { maxsize, maxBytes } = this;
    return this._locked(() => ({
      size: words[COUNT]!,
      maxsize,
      bytes: words[USED]!,
      maxBytes,
      unfinished: words[UNFINISHED]!,
      waitingGet: this._getters.length,
      waitingPut: this._putters.length,
      waitingJoin: this._joiners.length,
      shutDown: words[IS_SHUT_DOWN] === 1,
    }));
  }

  private deadlineFor(method: "get" | "put", options: QueueCallOptions): number {
    if (options.block === false) return 0;
    const deadline = strictDeadlineOf(options);
    if (deadline !== 0) checkMayBlock(`${this.constructor.name}.${method}`, `${method}Async`, options);
    return deadline;
  }

  // ---- for those that wait; all under the mutex

  /** @internal */
  get _isShutDown(): boolean {
    return this._memory.words[IS_SHUT_DOWN] === 1;
  }

  private isFull(): boolean {
    const { words } = this._memory;
    return words[MAXSIZE]! > 0 && words[COUNT]! + words[PUTS_PROMISED]! >= words[MAXSIZE]!;
  }

  /** Whether there is room that has been promised to nobody. @internal */
  _fits(size: number): boolean {
    const { words } = this._memory;
    return !this.isFull() && words[USED]! + words[BYTES_PROMISED]! + size <= this.maxBytes;
  }

  /** @internal */
  _write(bytes: Uint8Array): void {
    const { words } = this._memory;
    this.store.push(bytes);
    words[COUNT]!++;
    words[UNFINISHED]!++;
    this.wakeGetters();
  }

  /** Whether there is an item that has been promised to nobody. @internal */
  _hasItem(): boolean {
    const { words } = this._memory;
    return words[COUNT]! > words[ITEMS_PROMISED]!;
  }

  /** No item is left and none will come. @internal */
  _isOver(): boolean {
    return this._isShutDown && this._memory.words[COUNT] === 0;
  }

  /** @internal */
  _take(): Uint8Array {
    const bytes = this.store.take();
    this._memory.words[COUNT]!--;
    this.wakePutters();
    if (this._isShutDown) this.endGetters();
    return bytes;
  }

  /** Takes a promise back, to keep it or to give it to another. @internal */
  _redeem(lot: number, value: number): void {
    const { words } = this._memory;
    if (value === SHUT_DOWN) return;
    if (lot === GETTERS) words[ITEMS_PROMISED] = Math.max(0, words[ITEMS_PROMISED]! - 1);
    if (lot !== PUTTERS) return;
    words[PUTS_PROMISED]!--;
    words[BYTES_PROMISED] = words[BYTES_PROMISED]! - value;
  }

  /** @internal */
  override _giveBack(lot: number, value: number): void {
    this._redeem(lot, value);
    if (lot === GETTERS) this.wakeGetters();
    if (lot === PUTTERS) this.wakePutters();
  }

  private wakeGetters(): void {
    const { words } = this._memory;
    while (this._hasItem() && this._getters.unpark(ITEM)) words[ITEMS_PROMISED]!++;
  }

  private wakePutters(): void {
    const { words } = this._memory;
    for (let first = this._putters.first; first !== 0; first = this._putters.first) {
      const size = placeValue(this._memory, first);
      if (!this._fits(size)) return;
      this._putters.unpark(size);
      words[PUTS_PROMISED]!++;
      words[BYTES_PROMISED] = words[BYTES_PROMISED]! + size;
    }
  }

  private endGetters(): void {
    if (this._isOver()) this._getters.unparkAll(SHUT_DOWN);
  }

  /** Under the mutex. @internal */
  get _hasUnfinished(): boolean {
    return this._memory.words[UNFINISHED]! > 0;
  }

  /** @internal */
  override _repr(): string {
    return `<${this.constructor.name} ${this._state()}>`;
  }

  /** @internal */
  override _state(): string {
    const { size, maxsize, waitingGet, waitingPut, unfinished, shutDown } = this.statistics();
    const info = [`maxsize=${maxsize}`, `size=${size}`];
    if (waitingGet > 0) info.push(`_getters[${waitingGet}]`);
    if (waitingPut > 0) info.push(`_putters[${waitingPut}]`);
    if (unfinished > 0) info.push(`tasks=${unfinished}`);
    if (shutDown) info.push("shutdown");
    return info.join(" ");
  }
}

/** A queue that gives the latest item first. Python: `queue.LifoQueue`. */
export class LifoQueue<T = unknown> extends Queue<T> {
  static override from<T>(handle: SharedHandle<"LifoQueue">): LifoQueue<T> {
    return revive(handle, "LifoQueue") as LifoQueue<T>;
  }

  override share(): SharedHandle<"LifoQueue"> {
    return { ...super.share(), "asyncio-ts.shared": "LifoQueue" };
  }

  /** @internal */
  override _makeStore(data: SharedArrayBuffer, words: Int32Array): ByteStore {
    return new ByteStack(data, { words, used: USED, head: HEAD });
  }
}

/** What ends with an item. Its bytes are taken under the mutex, and read afterwards. */
abstract class Taking<T, R> extends Operation<R> {
  private readonly queue: Queue<T>;
  private bytes: Uint8Array | null = null;

  constructor(queue: Queue<T>) {
    super(queue);
    this.queue = queue;
  }

  protected abstract taken(item: T): R;
  /** The queue is shut down and nothing is left. */
  protected abstract atEnd(): R;

  override start(): boolean {
    return super.start() && this.read();
  }

  override goOn(): boolean {
    return super.goOn() && this.read();
  }

  private read(): true {
    if (this.bytes !== null) this.result = this.taken(decodeItem(this.bytes) as T);
    this.bytes = null;
    return true;
  }

  protected override attempt(): boolean {
    const { queue } = this;
    if (queue._isOver()) return this.end();
    if (!queue._hasItem()) return this.park(queue._getters);
    this.bytes = queue._take();
    return true;
  }

  protected override woken(value: number): boolean {
    const { queue } = this;
    queue._redeem(GETTERS, value);
    if (queue._isOver()) return this.end();
    this.bytes = queue._take();
    return true;
  }

  private end(): true {
    this.result = this.atEnd();
    return true;
  }
}

class Get<T> extends Taking<T, T> {
  protected override taken(item: T): T {
    return item;
  }

  protected override atEnd(): never {
    throw new QueueShutDown();
  }
}

class NextItem<T> extends Taking<T, IteratorResult<T, undefined>> {
  protected override taken(value: T): IteratorResult<T, undefined> {
    return { done: false, value };
  }

  protected override atEnd(): IteratorResult<T, undefined> {
    return { done: true, value: undefined };
  }
}

/** What `for await (const item of queue)` steps. */
export class SharedQueueIterator<T> {
  private readonly queue: Queue<T>;

  constructor(queue: Queue<T>) {
    this.queue = queue;
  }

  /** The next item, or the end. Cancelled, it has taken nothing. */
  next(): Coroutine<IteratorResult<T, undefined>> {
    return awaiting(new NextItem<T>(this.queue), getMethod);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}

class Put extends Operation<void> {
  private readonly queue: Queue<unknown>;
  private item: unknown;
  private bytes: Uint8Array | null = null;

  constructor(queue: Queue<unknown>, item: unknown) {
    super(queue);
    this.queue = queue;
    this.item = item;
  }

  override start(): boolean {
    this.bytes = encodeItem(this.item);
    this.item = undefined;
    const { maxBytes } = this.queue;
    if (this.size <= maxBytes) return super.start();
    throw new RangeError(`the item takes ${this.size} bytes, more than the queue may have (maxBytes: ${maxBytes})`);
  }

  private get size(): number {
    return storedSize(this.bytes!.length);
  }

  protected override attempt(): boolean {
    const { queue } = this;
    if (queue._isShutDown) throw new QueueShutDown();
    if (queue._putters.length > 0 || !queue._fits(this.size)) return this.park(queue._putters, this.size);
    queue._write(this.bytes!);
    return true;
  }

  protected override woken(value: number): boolean {
    const { queue } = this;
    queue._redeem(PUTTERS, value);
    if (queue._isShutDown) throw new QueueShutDown();
    queue._write(this.bytes!);
    return true;
  }
}

class Join extends Operation<void> {
  private readonly queue: Queue<unknown>;

  constructor(queue: Queue<unknown>) {
    super(queue);
    this.queue = queue;
  }

  protected override attempt(): boolean {
    return !this.queue._hasUnfinished || this.park(this.queue._joiners);
  }

  /** All was done at one moment; what has been put since then is not waited for. */
  protected override woken(): boolean {
    return true;
  }
}

function fresh(maxsize: number, { maxBytes = DEFAULT_BYTES }: SharedQueueOptions): [SharedMemory, SharedArrayBuffer] {
  if (!Number.isInteger(maxsize) && Math.abs(maxsize) !== Infinity) {
    throw new RangeError("maxsize must be an integer");
  }
  if (!(maxBytes >= 1 && maxBytes <= MOST_BYTES)) throw new RangeError("maxBytes must be from 1 to 2 ** 30");
  const limit = Math.max(8, Math.ceil(maxBytes / 4) * 4);
  const memory = new SharedMemory();
  memory.words[MAXSIZE] = maxsize > 0 && maxsize < 2 ** 31 ? maxsize : 0;
  return [memory, allocate(Math.min(FIRST_BYTES, limit), limit)];
}

const getMethod = asyncMethod("getAsync");
const putMethod = asyncMethod("putAsync");
const joinMethod = asyncMethod("joinAsync");
registerKind("Queue", (memory, [data]) => new Queue(0, {}, [memory, data as SharedArrayBuffer]));
registerKind("LifoQueue", (memory, [data]) => new LifoQueue(0, {}, [memory, data as SharedArrayBuffer]));
