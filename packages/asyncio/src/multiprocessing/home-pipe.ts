import { BrokenPipeError } from "../loop/system-errors.ts";
import { Fifo } from "../sync/fifo.ts";
import { EOFError } from "./errors.ts";
import { HomeObject } from "./home-object.ts";
import { hub } from "./hub.ts";
import type { Request } from "./request.ts";
import { WaitLine } from "./wait-line.ts";

/** So many messages may wait to be received before `send` waits. */
const CAPACITY = 64;

class End {
  /** The process that has it. */
  owner: string = hub.node;
  /** Why nobody has it any more. */
  closed: string | null = null;
  /** What it has not received yet. */
  readonly inbox: Fifo<unknown> = new Fifo();
  readonly receivers: WaitLine = new WaitLine();
  readonly pollers: WaitLine = new WaitLine();
  /** Those who wait for room in the inbox. */
  readonly senders: WaitLine<unknown> = new WaitLine();
}

export interface PipeDetails {
  readonly end: 0 | 1;
  readonly readable: boolean;
  readonly writable: boolean;
}

/** The two ends of a pipe, in the process that has made it. */
export class HomePipe extends HomeObject {
  private readonly ends: readonly [End, End] = [new End(), new End()];

  override call(method: string, args: readonly unknown[], request: Request): void {
    const which = args[0] as 0 | 1;
    const own = this.ends[which];
    const other = this.ends[which === 0 ? 1 : 0];
    if (method === "send") return send(other, args[1], request);
    if (method === "recv") return receive(own, other, request);
    if (method === "close") {
      this.close(which, "the other end of the pipe is closed");
      return request.resolve();
    }
    if (own.inbox.length > 0 || other.closed !== null) return request.resolve(true);
    own.pollers.push(request, undefined);
  }

  override note(_method: string, args: readonly unknown[]): void {
    this.close(args[0] as 0 | 1, "the other end of the pipe is closed");
  }

  override held(node: string, details: unknown): void {
    this.ends[(details as PipeDetails).end].owner = node;
  }

  override holderGone(node: string, how: string): void {
    for (const which of [0, 1] as const) if (this.ends[which].owner === node) this.close(which, how);
  }

  private close(which: 0 | 1, how: string): void {
    const own = this.ends[which];
    const other = this.ends[which === 0 ? 1 : 0];
    if (own.closed !== null) return;
    own.closed = how;
    own.inbox.clear();
    own.senders.rejectAll(() => brokenPipe(how));
    if (other.inbox.length === 0) other.receivers.rejectAll(() => new EOFError(how));
    wake(other.pollers);
  }
}

function send(to: End, message: unknown, request: Request): void {
  if (to.closed !== null) return request.reject(brokenPipe(to.closed));
  if (to.inbox.length >= CAPACITY) return to.senders.push(request, message);
  deliver(to, message);
  request.resolve();
}

function deliver(to: End, message: unknown): void {
  const receiver = to.receivers.take();
  if (receiver !== null) return give(to, message, receiver.request);
  to.inbox.push(message);
  wake(to.pollers);
}

function receive(own: End, other: End, request: Request): void {
  if (own.inbox.length > 0) {
    give(own, own.inbox.take(), request);
    const sender = own.senders.take();
    if (sender === null) return;
    deliver(own, sender.value);
    return sender.request.resolve();
  }
  if (other.closed !== null) return request.reject(new EOFError(other.closed));
  own.receivers.push(request, undefined);
}

function give(own: End, message: unknown, request: Request): void {
  request.give(message, () => {
    if (own.closed !== null) return;
    const receiver = own.receivers.take();
    if (receiver !== null) return give(own, message, receiver.request);
    own.inbox.unshift(message);
    wake(own.pollers);
  });
}

function wake(pollers: WaitLine): void {
  for (let poller = pollers.take(); poller !== null; poller = pollers.take()) poller.request.resolve(true);
}

function brokenPipe(how: string): BrokenPipeError {
  return new BrokenPipeError(`[Errno 32] Broken pipe: ${how}`, { code: "EPIPE", errno: 32 });
}
