import { BrokenResourceError, ClosedResourceError, EndOfChannel, isCancelled, WouldBlock } from "../loop/errors.ts";
import { inspectCustom } from "../loop/repr.ts";
import { driverHere } from "../tasks/ambient.ts";
import { postponeCancellation } from "../tasks/cancellation.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import type { Future } from "../tasks/future.ts";
import type { Step } from "../tasks/stepped-coroutine.ts";
import {
  BROKEN,
  Channel,
  type ChannelStatistics,
  CLOSED,
  ENDED,
  EndWaiter,
  type ReceiveOutcome,
  SENT,
  Sending,
  type SendOutcome,
  Waiters,
} from "./channel.ts";
import { PromptCoroutine } from "./prompt-coroutine.ts";

/**
 * A channel between tasks: its sending and its receiving end. trio: `open_memory_channel`.
 *
 * `maxBufferSize` values (default 0) may be under way. With 0, sender and receiver meet: `send` waits until the value is
 * handed to a receiver. `Infinity` lets senders never wait. Clone an end for each task that uses it and close each clone:
 * the channel ends for its receivers when all sending ends are closed, and breaks for its senders when all receiving ends
 * are. Throws `TypeError` unless the size is a whole number or `Infinity`, `RangeError` for negative ones and NaN.
 */
export function openMemoryChannel<T>(maxBufferSize: number = 0): [SendChannel<T>, ReceiveChannel<T>] {
  if (Number.isNaN(maxBufferSize) || maxBufferSize < 0) throw new RangeError("maxBufferSize must be >= 0");
  if (maxBufferSize !== Infinity && !Number.isInteger(maxBufferSize)) {
    throw new TypeError("maxBufferSize must be an integer or Infinity");
  }
  const channel = new Channel<T>(maxBufferSize);
  return [SendChannel._open(channel), ReceiveChannel._open(channel)];
}

/** What both ends have. */
abstract class ChannelEnd<T, V> {
  /** @internal */ readonly _channel: Channel<T>;
  /** @internal */ readonly _waiters: Waiters<V> = new Waiters<V>();
  /** @internal */ _closed: boolean = false;

  constructor(channel: Channel<T>) {
    this._channel = channel;
  }

  /**
   * Closes this end; clones stay open. Tasks that wait at it get `ClosedResourceError`. A second call does nothing.
   * trio: `close()`, `aclose()`, `with`.
   */
  abstract close(): void;

  [Symbol.dispose](): void {
    this.close();
  }

  /** The state of the whole channel in numbers; also when this end is closed. */
  statistics(): ChannelStatistics {
    return this._channel.statistics();
  }

  /** @internal */
  _repr(): string {
    return `<${this.constructor.name}${this._closed ? " closed" : ""} of ${this._channel._repr()}>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

/** The end of a memory channel that values go into, see `openMemoryChannel`. trio: `MemorySendChannel`. */
export class SendChannel<T> extends ChannelEnd<T, SendOutcome> {
  /** @internal */
  static _open<T>(channel: Channel<T>): SendChannel<T> {
    channel.openSenders++;
    return new SendChannel(channel);
  }

  private constructor(channel: Channel<T>) {
    super(channel);
  }

  /**
   * Sends a value; waits while the buffer is full, with a size of 0 until a receiver takes it. Throws
   * `ClosedResourceError` when this end is closed, `BrokenResourceError` when all receiving ends are; also while waiting.
   *
   * Cancelled, it has sent nothing. When its value has just been received, it is too late: `send` succeeds, and the
   * cancellation comes at the task's next wait.
   */
  send(value: T): Coroutine<void> {
    return new Send(this, value);
  }

  /** Sends a value at once. Throws `WouldBlock` where `send` would wait, otherwise as it. */
  sendNowait(value: T): void {
    this._check();
    if (!this._channel.accept(value)) throw new WouldBlock();
  }

  /** Another sending end of the same channel. Throws `ClosedResourceError` when this one is closed. */
  clone(): SendChannel<T> {
    if (this._closed) throw new ClosedResourceError();
    return SendChannel._open(this._channel);
  }

  override close(): void {
    if (this._closed) return;
    this._closed = true;
    this._waiters.wakeAll(this._channel.senders, CLOSED);
    this._channel.sendersLeave();
  }

  /** @internal */
  _check(): void {
    if (this._closed) throw new ClosedResourceError();
    if (this._channel.openReceivers === 0) throw new BrokenResourceError();
  }
}

/**
 * The end of a memory channel that values come out of, see `openMemoryChannel`. `for await (const value of channel)` takes
 * values until all sending ends are closed; it does not close the receiving end. trio: `MemoryReceiveChannel`.
 */
export class ReceiveChannel<T> extends ChannelEnd<T, ReceiveOutcome<T>> {
  /** @internal */
  static _open<T>(channel: Channel<T>): ReceiveChannel<T> {
    channel.openReceivers++;
    return new ReceiveChannel(channel);
  }

  private constructor(channel: Channel<T>) {
    super(channel);
  }

  /**
   * Takes the next value, and waits while there is none. Throws `EndOfChannel` when all sending ends are closed and
   * everything has been received, `ClosedResourceError` when this end is closed; also while waiting.
   *
   * Cancelled, it has taken nothing: a value that was just handed over goes to another receiver, or is the next one again.
   */
  receive(): Coroutine<T> {
    return new Receive(this);
  }

  /** Takes the next value at once. Throws `WouldBlock` where `receive` would wait, otherwise as it. */
  receiveNowait(): T {
    if (this._closed) throw new ClosedResourceError();
    if (this._channel.hasValue) return this._channel.give();
    throw this._channel.openSenders === 0 ? new EndOfChannel() : new WouldBlock();
  }

  /** Another receiving end of the same channel; every value goes to one of them. Throws `ClosedResourceError` when this one is closed. */
  clone(): ReceiveChannel<T> {
    if (this._closed) throw new ClosedResourceError();
    return ReceiveChannel._open(this._channel);
  }

  /** With the last receiving end, what is in the buffer is dropped. */
  override close(): void {
    if (this._closed) return;
    this._closed = true;
    this._waiters.wakeAll(this._channel.receivers, CLOSED);
    this._channel.receiversLeave();
  }

  /** Takes values until all sending ends are closed. */
  [Symbol.asyncIterator](): ChannelIterator<T> {
    return new ChannelIterator(this);
  }
}

class Send<T> extends PromptCoroutine<void, SendOutcome> {
  private readonly side: SendChannel<T>;
  private readonly value: T;

  constructor(side: SendChannel<T>, value: T) {
    super();
    this.side = side;
    this.value = value;
  }

  get name(): string {
    return "send";
  }

  protected override isReady(): boolean {
    return !this.side._closed && this.side._channel.openReceivers > 0 && this.side._channel.hasRoom;
  }

  protected override attempt(): Step<void> {
    const { side, value } = this;
    const { _channel: channel } = side;
    side._check();
    if (channel.accept(value)) return this.over(undefined);
    return this.park(channel.senders, new Sending(channel._bind(), side._waiters, value));
  }

  protected override woken(outcome: SendOutcome): Step<void> {
    if (outcome === CLOSED) throw new ClosedResourceError();
    if (outcome === BROKEN) throw new BrokenResourceError();
    return this.over(undefined);
  }

  /** The value is in a receiver's hands and cannot be called back: the send has succeeded, the cancellation has to wait. */
  override throw(error: unknown): never {
    if (this._waiter?._value === SENT && postponed(error)) return this.next() as never;
    super.throw(error);
  }

  protected override giveUp(waiter: Future<unknown>): void {
    super.giveUp(waiter);
    (waiter as Sending<T>).goes();
  }

  protected override lost(): void {}
}

/** Makes a cancellation that has just been delivered come again, at the task's next wait. False for other errors. */
function postponed(error: unknown): boolean {
  const task = driverHere()?._task;
  if (task === undefined || !isCancelled(error) || task.cancelling() === 0) return false;
  postponeCancellation(task, error);
  return true;
}

/** What ends with a value of the channel. */
abstract class Receiving<T, R> extends PromptCoroutine<R, ReceiveOutcome<T>> {
  private readonly side: ReceiveChannel<T>;

  constructor(side: ReceiveChannel<T>) {
    super();
    this.side = side;
  }

  protected abstract received(value: T): Step<R>;
  protected abstract atEnd(): Step<R>;

  get name(): string {
    return "receive";
  }

  protected override isReady(): boolean {
    return !this.side._closed && this.side._channel.hasValue;
  }

  protected override attempt(): Step<R> {
    const { side } = this;
    const { _channel: channel } = side;
    if (side._closed) throw new ClosedResourceError();
    if (channel.hasValue) return this.received(channel.give());
    if (channel.openSenders === 0) return this.atEnd();
    return this.park(channel.receivers, new EndWaiter(channel._bind(), side._waiters));
  }

  protected override woken(outcome: ReceiveOutcome<T>): Step<R> {
    if (outcome === CLOSED) throw new ClosedResourceError();
    return outcome === ENDED ? this.atEnd() : this.received(outcome as T);
  }

  protected override giveUp(waiter: Future<unknown>): void {
    super.giveUp(waiter);
    (waiter as EndWaiter<unknown>).goes();
  }

  protected override lost(wasWoken: boolean, outcome: ReceiveOutcome<T> | undefined): void {
    if (wasWoken && outcome !== ENDED && outcome !== CLOSED) this.side._channel.takeBack(outcome as T);
  }
}

class Receive<T> extends Receiving<T, T> {
  protected override received(value: T): Step<T> {
    return this.over(value);
  }

  protected override atEnd(): Step<T> {
    throw new EndOfChannel();
  }
}

class NextValue<T> extends Receiving<T, IteratorResult<T, undefined>> {
  protected override received(value: T): Step<IteratorResult<T, undefined>> {
    return this.over({ done: false, value });
  }

  protected override atEnd(): Step<IteratorResult<T, undefined>> {
    return this.over({ done: true, value: undefined });
  }
}

/** What `for await (const value of channel)` steps. */
export class ChannelIterator<T> {
  private readonly end: ReceiveChannel<T>;

  constructor(end: ReceiveChannel<T>) {
    this.end = end;
  }

  /** The next value, or the end. Cancelled, it has taken nothing. */
  next(): Coroutine<IteratorResult<T, undefined>> {
    return new NextValue(this.end);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
