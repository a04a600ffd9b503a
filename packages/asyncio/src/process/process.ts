import { type Delay, toSeconds } from "../loop/delay.ts";
import { isCancelled } from "../loop/errors.ts";
import { inspectCustom } from "../loop/repr.ts";
import { BrokenPipeError, ConnectionResetError } from "../loop/system-errors.ts";
import type { StreamReader } from "../net/stream-reader.ts";
import type { StreamWriter } from "../net/stream-writer.ts";
import { toBytes, type WriteData } from "../net/transport.ts";
import { gather } from "../structured/gather.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { watchForDrop } from "./dropped-process.ts";
import type { SubprocessStreamProtocol } from "./subprocess-stream-protocol.ts";
import type { ChildTransport } from "./subprocess-transport.ts";

/** Seconds between SIGTERM and SIGKILL. */
export const DEFAULT_GRACE = 5;

/**
 * A child process with streams, see `createSubprocessExec`. asyncio: `Process`.
 *
 * It is a resource: `await using`, or `asyncWith(process, …)`, end it at the end of their block: a child that still runs
 * is killed, its pipes are closed, and it is waited for.
 */
export class Process {
  readonly pid: number;
  /** What the child reads, where `stdin` is `PIPE`; otherwise null. */
  readonly stdin: StreamWriter | null;
  /** What the child prints, where `stdout` is `PIPE`; otherwise null. */
  readonly stdout: StreamReader | null;
  /** Its errors, where `stderr` is `PIPE`; otherwise null. */
  readonly stderr: StreamReader | null;
  private readonly transport: ChildTransport;
  private readonly loop: EventLoop;
  /** The grace of a child that dies with the task that waits for it, in seconds; null: it does not. */
  private readonly graceOnCancel: number | null;

  /** @internal */
  constructor(
    transport: ChildTransport,
    protocol: SubprocessStreamProtocol,
    loop: EventLoop,
    graceOnCancel: number | null,
  ) {
    this.transport = transport;
    this.loop = loop;
    this.graceOnCancel = graceOnCancel;
    this.pid = transport.getPid();
    this.stdin = protocol.stdin;
    this.stdout = protocol.stdout;
    this.stderr = protocol.stderr;
    watchForDrop(this, transport, loop);
  }

  /** The exit code; −N when signal N has ended the child; null while it runs. */
  get returncode(): number | null {
    return this.transport.getReturncode();
  }

  /**
   * Waits until the child has exited, and gives the return code; output that nobody reads may keep it from that (see
   * `communicate`). Any number of tasks may wait. Cancelling it leaves the child alone, unless `killOnCancel` was given.
   */
  wait(): Coroutine<number> {
    return new FunctionCoroutine(waitDefinition, this, []);
  }

  /**
   * Writes `input` to the child and closes its stdin, reads stdout and stderr to their ends, all at the same time, and
   * waits until it has exited. Gives what was read; null for what is not `PIPE`. Everything is kept in memory.
   *
   * A child that stops reading before the end of `input` is no error. A grandchild that holds a pipe open keeps it
   * waiting. Throws `TypeError` for an input without a pipe. Cancelling it leaves the child alone, unless `killOnCancel`
   * was given; what has been read is lost.
   */
  communicate(input: WriteData | null = null): Coroutine<[stdout: Uint8Array | null, stderr: Uint8Array | null]> {
    const bytes = input === null ? null : toBytes(input);
    if (bytes !== null && this.stdin === null) {
      throw new TypeError("communicate() was given an input, but stdin is not PIPE");
    }
    return new FunctionCoroutine(communicateDefinition, this, [bytes]);
  }

  /** Sends a signal, by name or number. Throws `ProcessLookupError` when the child has exited. */
  sendSignal(signal: string | number): void {
    this.transport.sendSignal(signal);
  }

  /** Asks the child to end: SIGTERM. Throws `ProcessLookupError` when it has. */
  terminate(): void {
    this.transport.terminate();
  }

  /** Ends the child: SIGKILL. Throws `ProcessLookupError` when it has. */
  kill(): void {
    this.transport.kill();
  }

  /**
   * Ends the child and waits for it: SIGTERM, and SIGKILL if it has not exited within `grace`; with a `grace` of 0
   * SIGKILL at once. Gives the return code, also of a child that has exited before. When the wait is cancelled, the child
   * is killed at once. Its own children are not told. asyncio has no counterpart.
   */
  stop(grace: Delay = DEFAULT_GRACE): Coroutine<number> {
    return new FunctionCoroutine(stopDefinition, this, [toSeconds(grace)]);
  }

  /** Closes the pipes, kills the child if it still runs, and waits for it. */
  [Symbol.asyncDispose](): Coroutine<void> {
    return new FunctionCoroutine(disposeDefinition, this, []);
  }

  // ---- bodies

  /** @internal */
  *_wait(): CoroutineGenerator<number> {
    try {
      return yield* this.transport._wait();
    } catch (error) {
      yield* this.endAfter(error);
      throw error;
    }
  }

  /** @internal */
  *_communicate(input: Uint8Array | null): CoroutineGenerator<[Uint8Array | null, Uint8Array | null]> {
    const { stdin, stdout, stderr } = this;
    try {
      const [, out, errors] = yield* gather(
        new FunctionCoroutine<void>(feedDefinition, undefined, [stdin, input]),
        new FunctionCoroutine<Uint8Array | null>(collectDefinition, undefined, [stdout]),
        new FunctionCoroutine<Uint8Array | null>(collectDefinition, undefined, [stderr]),
      );
      yield* this.transport._wait();
      return [out, errors];
    } catch (error) {
      yield* this.endAfter(error);
      throw error;
    }
  }

  /** @internal */
  *_stop(grace: number): CoroutineGenerator<number> {
    const { transport, loop } = this;
    if (transport.getReturncode() !== null) return transport.getReturncode()!;
    if (grace > 0) transport._trySignal("SIGTERM");
    else transport._trySignal("SIGKILL");
    const timer = grace > 0 ? loop.callLater(grace, () => transport._trySignal("SIGKILL")) : null;
    try {
      return yield* transport._waitForEnd();
    } catch (error) {
      transport._trySignal("SIGKILL");
      throw error;
    } finally {
      timer?.cancel();
    }
  }

  /** @internal */
  *_dispose(): CoroutineGenerator<void> {
    if (this.graceOnCancel !== null) yield* this._stop(this.graceOnCancel);
    this.transport.close();
    yield* this.transport._waitForEnd();
  }

  private *endAfter(error: unknown): CoroutineGenerator<void> {
    if (this.graceOnCancel !== null && isCancelled(error)) yield* this._stop(this.graceOnCancel);
  }

  // ---- representation

  /** @internal */
  _repr(): string {
    return `<Process ${this.pid}>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

function* feed(stdin: StreamWriter | null, input: Uint8Array | null): CoroutineGenerator<void> {
  if (stdin === null) return;
  try {
    if (input !== null) stdin.write(input);
    yield* stdin.drain();
  } catch (error) {
    // The child need not read it all.
    if (!(error instanceof BrokenPipeError || error instanceof ConnectionResetError)) throw error;
  }
  stdin.close();
}

function* collect(stream: StreamReader | null): CoroutineGenerator<Uint8Array | null> {
  return stream === null ? null : yield* stream.read();
}

const { prototype } = Process;
const waitDefinition = define(prototype._wait as never, "wait");
const communicateDefinition = define(prototype._communicate as never, "communicate");
const stopDefinition = define(prototype._stop as never, "stop");
const disposeDefinition = define(prototype._dispose as never, "dispose");
const feedDefinition = define(feed as never, "feedStdin");
const collectDefinition = define(collect as never, "readStream");
