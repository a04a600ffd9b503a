import type { Delay } from "../loop/delay.ts";
import { OSError } from "../loop/os-error.ts";
import { inspectCustom } from "../loop/repr.ts";
import type { Coroutine } from "../tasks/coroutine.ts";
import { asking } from "./ask.ts";
import { HomePipe, type PipeDetails } from "./home-pipe.ts";
import { hub } from "./hub.ts";
import type { Ref } from "./messages.ts";
import { SharedObject } from "./shared-object.ts";

export interface PipeOptions {
  /** Whether both ends can send; default true. Otherwise the first receives and the second sends. */
  readonly duplex?: boolean;
}

/**
 * Two connected ends; each can be passed to another process. multiprocessing: `Pipe`.
 */
export function Pipe<S = unknown, R = S>(options: PipeOptions = {}): [Connection<S, R>, Connection<R, S>] {
  const { duplex = true } = options;
  const id = hub.keep(new HomePipe());
  const make = <A, B>(details: PipeDetails): Connection<A, B> =>
    new Connection({ node: hub.node, id, type: "Connection", details });
  return [
    make<S, R>({ end: 0, readable: true, writable: duplex }),
    make<R, S>({ end: 1, readable: duplex, writable: true }),
  ];
}

/**
 * One end of a pipe. It belongs to one process at a time: passed to another one (as an argument of a `Process`, or within
 * a message), it moves there, and cannot be used here any more. So the end of that process is the end of the pipe, and
 * nobody waits in vain. multiprocessing: `Connection`.
 */
export class Connection<S = unknown, R = S> extends SharedObject {
  private readonly ref: Ref;
  private state: "open" | "closed" | "moved" = "open";

  /** @internal */
  constructor(ref: Ref) {
    super();
    this.ref = ref;
  }

  private get details(): PipeDetails {
    return this.ref.details as PipeDetails;
  }

  get readable(): boolean {
    return this.details.readable;
  }

  get writable(): boolean {
    return this.details.writable;
  }

  /** Whether it was closed here, or has moved to another process. */
  get closed(): boolean {
    return this.state !== "open";
  }

  /**
   * Sends a message, and waits while 64 of them have not been received. Throws `UncloneableError` that names the path,
   * `BrokenPipeError` when the other end is closed or its process has ended, `OSError` when this end is closed. Cancelled
   * while it waits for room, it has sent nothing.
   */
  send(message: S): Coroutine<void> {
    return asking(() => this.use("writable"), "send", [this.details.end, message]);
  }

  /**
   * Waits for a message. Throws `EOFError` when the other end is closed, or its process has ended, and all is received.
   * Cancelled, it has taken nothing.
   */
  recv(): Coroutine<R> {
    return asking(() => this.use("readable"), "recv", [this.details.end]);
  }

  /** Whether there is something to receive (or the end), now or within `timeout`; null waits for ever. */
  poll(timeout: Delay | null = 0): Coroutine<boolean> {
    return asking(
      () => this.use("readable"),
      "poll",
      [this.details.end],
      timeout,
      () => false,
    );
  }

  /** Closes this end. What was sent can still be received. A second call, and one after it has moved, does nothing. */
  close(): void {
    if (this.state !== "open") return;
    this.state = "closed";
    hub.note(this.ref, "close", { value: [this.details.end], shared: false });
  }

  [Symbol.dispose](): void {
    this.close();
  }

  private use(what: "readable" | "writable"): Ref {
    if (this.state === "closed") throw new OSError("handle is closed");
    if (this.state === "moved") throw new OSError("handle is closed: it was passed to another process");
    if (!this.details[what]) throw new OSError(`connection is ${what === "readable" ? "write" : "read"}-only`);
    return this.ref;
  }

  override _toRef(): Ref {
    if (this.state !== "open") return this.use("readable");
    return this.ref;
  }

  override _passed(to: string): void {
    this.state = "moved";
    hub.passed(this.ref, to);
  }

  /** @internal */
  _repr(): string {
    return `<Connection ${this.state}>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}
