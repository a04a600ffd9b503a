import type { EventLoop } from "../tasks/event-loop.ts";
import { Fifo } from "./fifo.ts";
import { LoopBound } from "./loop-bound.ts";
import { ParkingLot, Waiter } from "./parking-lot.ts";
import { wakeAll, wakeNext } from "./wake.ts";

/** What a waiter is woken with instead of a value. */
export const SENT = Symbol("sent");
export const ENDED = Symbol("ended");
export const BROKEN = Symbol("broken");
export const CLOSED = Symbol("closed");

export type SendOutcome = typeof SENT | typeof BROKEN | typeof CLOSED;
export type ReceiveOutcome<T> = T | typeof ENDED | typeof CLOSED;

export interface ChannelStatistics {
  /** Values in the buffer. */
  readonly bufferUsed: number;
  /** How many there may be. */
  readonly maxBufferSize: number;
  readonly openSendChannels: number;
  readonly openReceiveChannels: number;
  readonly tasksWaitingSend: number;
  readonly tasksWaitingReceive: number;
}

/**
 * What the ends of a memory channel share. Tasks wait to send only while the buffer is full, and to receive only while it
 * is empty and nobody waits to send.
 */
export class Channel<T> extends LoopBound {
  readonly maxBufferSize: number;
  readonly buffer: Fifo<T> = new Fifo<T>();
  readonly senders: ParkingLot<SendOutcome> = new ParkingLot<SendOutcome>(this);
  readonly receivers: ParkingLot<ReceiveOutcome<T>> = new ParkingLot<ReceiveOutcome<T>>(this);
  openSenders: number = 0;
  openReceivers: number = 0;

  constructor(maxBufferSize: number) {
    super();
    this.maxBufferSize = maxBufferSize;
  }

  get hasRoom(): boolean {
    return this.buffer.length < this.maxBufferSize || this.receivers.peek() !== null;
  }

  /** Hands a value to the first waiting receiver, else puts it into the buffer; false when there is no room. */
  accept(value: T): boolean {
    const receiver = wakeNext(this.receivers, value) as EndWaiter<ReceiveOutcome<T>> | null;
    if (receiver !== null) receiver.goes();
    else if (this.buffer.length < this.maxBufferSize) this.buffer.push(value);
    else return false;
    return true;
  }

  get hasValue(): boolean {
    return this.buffer.length > 0 || this.senders.peek() !== null;
  }

  /** The next value; there is one. The first waiting sender's moves into the buffer, behind the others. */
  give(): T {
    const { buffer } = this;
    if (buffer.length > this.maxBufferSize) return buffer.take(); // One that came back, see below.
    const sender = wakeNext(this.senders, SENT) as Sending<T> | null;
    if (sender === null) return buffer.take();
    sender.goes();
    if (buffer.length === 0) return sender.value;
    buffer.push(sender.value);
    return buffer.take();
  }

  /**
   * A value whose receiver was cancelled before it could go on is the next one again. Its sender has long gone on, so the
   * buffer may hold more than its maximum then.
   */
  takeBack(value: T): void {
    if (this.openReceivers === 0) return; // Like those in the buffer: nobody will ever receive it.
    const receiver = wakeNext(this.receivers, value) as EndWaiter<ReceiveOutcome<T>> | null;
    if (receiver !== null) receiver.goes();
    else this.buffer.unshift(value);
  }

  /** One sending end less. */
  sendersLeave(): void {
    if (--this.openSenders === 0) wakeAll(this.receivers, ENDED);
  }

  /** One receiving end less. */
  receiversLeave(): void {
    if (--this.openReceivers > 0) return;
    wakeAll(this.senders, BROKEN);
    this.buffer.clear();
  }

  statistics(): ChannelStatistics {
    return {
      bufferUsed: this.buffer.length,
      maxBufferSize: this.maxBufferSize,
      openSendChannels: this.openSenders,
      openReceiveChannels: this.openReceivers,
      tasksWaitingSend: this.senders.length,
      tasksWaitingReceive: this.receivers.length,
    };
  }

  _state(): string {
    const { bufferUsed, openSendChannels, openReceiveChannels } = this.statistics();
    return `${bufferUsed} of ${this.maxBufferSize} used, ${openSendChannels} to ${openReceiveChannels} ends open`;
  }

  override _repr(): string {
    return `<MemoryChannel ${this._state()}>`;
  }
}

/** One who waits at an end of a channel: its neighbours among those who wait at the same end. */
export class EndWaiter<V> extends Waiter<V> {
  private readonly end: Waiters<V>;
  private before: EndWaiter<V> | null;
  private after: EndWaiter<V> | null;

  constructor(loop: EventLoop, end: Waiters<V>) {
    super(loop);
    this.end = end;
    this.before = end.last;
    this.after = null;
    if (end.last === null) end.first = this;
    else end.last.after = this;
    end.last = this;
  }

  /** It does not wait at its end any more. A second call does nothing. */
  goes(): void {
    const { end, before, after } = this;
    if (before === null && end.first !== this) return;
    if (before === null) end.first = after;
    else before.after = after;
    if (after === null) end.last = before;
    else after.before = before;
    this.before = this.after = null;
  }
}

/** One who waits until its value is taken. */
export class Sending<T> extends EndWaiter<SendOutcome> {
  readonly value: T;

  constructor(loop: EventLoop, end: Waiters<SendOutcome>, value: T) {
    super(loop, end);
    this.value = value;
  }
}

/** Those who wait at one end, in order. */
export class Waiters<V> {
  first: EndWaiter<V> | null = null;
  last: EndWaiter<V> | null = null;

  /** The end is closed: wakes those who wait there. */
  wakeAll(lot: ParkingLot<V>, value: V): void {
    for (let waiter = this.first; waiter !== null; waiter = this.first) {
      waiter.goes();
      if (waiter.done()) continue; // Cancelled; its coroutine takes it out of the lot.
      waiter.setResult(value);
      lot.leave(waiter);
    }
  }
}
