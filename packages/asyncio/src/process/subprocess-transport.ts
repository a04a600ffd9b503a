import { OutsideFuture } from "../interop/outside-future.ts";
import type { Endpoint } from "../loop/base-loop.ts";
import { type Context, currentContext } from "../loop/context.ts";
import { leavesLoop } from "../loop/errors.ts";
import { inspectCustom } from "../loop/repr.ts";
import { makeSystemError, systemError } from "../loop/system-errors.ts";
import { enter } from "../net/enter.ts";
import type { BaseProtocol, SubprocessProtocol } from "../net/protocol.ts";
import { type ExtraInfo, type ReadTransport, SubprocessTransport, type WriteTransport } from "../net/transport.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { NodeChild } from "./child.ts";
import { ChildPipe, STREAMS } from "./child-pipe.ts";
import { sendTo, signalNumber, toSignal } from "./signal-numbers.ts";

/**
 * A child process of a loop. Between it and the program stand its pipes, each with a transport of its own.
 *
 * The child has *exited* when the system says so: `returncode` is set, the protocol hears `processExited`, and those who
 * wait for it go on, even if a grandchild still holds a pipe. It has *finished* when it has exited and all pipes are
 * closed: only then comes `connectionLost`. asyncio: `_UnixSubprocessTransport`.
 */
export class ChildTransport extends SubprocessTransport implements Endpoint {
  private readonly loop: EventLoop;
  private readonly child: NodeChild;
  private readonly context: Context;
  private readonly detached: boolean;
  private protocol: SubprocessProtocol;
  private readonly pipes: ReadonlyMap<number, ChildPipe>;
  private readonly waiters: Set<OutsideFuture<void>> = new Set();
  private returncode: number | null = null;
  private closed: boolean = false;
  private finished: boolean = false;
  /** It has been told to end, and cannot refuse. */
  private killed: boolean = false;
  /** What happened before the protocol has heard of the connection. */
  private early: (() => void)[] | null = [];
  /** The runtime's error of the signal that is being sent. */
  private signalError: unknown = null;

  /** `onMade` is called in the loop, right after `connectionMade`. */
  constructor(loop: EventLoop, protocol: SubprocessProtocol, child: NodeChild, detached: boolean, onMade: () => void) {
    super();
    this.loop = loop;
    this.protocol = protocol;
    this.child = child;
    this.detached = detached;
    this.context = currentContext().copy();
    child.on("exit", (code: number | null, signal: string | null) => {
      enter(loop, this.context, () => this.onExit(signal === null ? code! : -signalNumber(signal)));
      this.pipes.get(0)?.noteUnsent();
    });
    child.on("error", (error: unknown) => {
      this.signalError = error;
    });
    loop._addEndpoint(this);
    const pipes = new Map<number, ChildPipe>();
    for (const [fd, socket] of [child.stdin, child.stdout, child.stderr].entries()) {
      if (socket !== null && socket !== undefined) pipes.set(fd, new ChildPipe(loop, this, fd, socket));
    }
    this.pipes = pipes;
    enter(loop, this.context, () => this.begin(onMade));
  }

  // ---- what is known

  getPid(): number {
    return this.child.pid!;
  }

  getReturncode(): number | null {
    return this.returncode;
  }

  getPipeTransport(fd: number): ReadTransport | WriteTransport | null {
    return this.pipes.get(fd)?.transport ?? null;
  }

  setProtocol(protocol: BaseProtocol): void {
    this.protocol = protocol as SubprocessProtocol;
  }

  getProtocol(): SubprocessProtocol {
    return this.protocol;
  }

  getExtraInfo(key: string, fallback: unknown = null): never {
    return (key === ("subprocess" satisfies keyof ExtraInfo) ? this.child : fallback) as never;
  }

  isClosing(): boolean {
    return this.closed;
  }

  // ---- signals

  sendSignal(signal: string | number): void {
    const known = toSignal(signal);
    if (this.returncode !== null) throw makeSystemError("ESRCH");
    this.signalError = null;
    try {
      sendTo(this.child, known);
    } catch (error) {
      throw systemError(error);
    }
    const { signalError } = this;
    this.signalError = null;
    if (signalError !== null) throw systemError(signalError);
    if (known === "SIGKILL" || known === SIGKILL) this.killed = true;
  }

  terminate(): void {
    this.sendSignal("SIGTERM");
  }

  kill(): void {
    this.sendSignal("SIGKILL");
  }

  /** Sends a signal unless the child has exited or cannot be reached. @internal */
  _trySignal(signal: "SIGTERM" | "SIGKILL"): void {
    try {
      if (this.returncode === null) sendTo(this.child, signal);
      if (signal === "SIGKILL") this.killed = true;
    } catch {
      // It has taken another user's rights, and is out of reach.
    }
  }

  /** It runs on, and nobody waits for it or has told it to end in a way that it cannot refuse. @internal */
  _isLeftAlone(): boolean {
    return this.returncode === null && !this.closed && !this.killed && this.waiters.size === 0;
  }

  /** Nothing of the program is connected with the child, and it was not made to live by itself. @internal */
  _isOutOfReach(): boolean {
    return !this.detached && [...this.pipes.values()].every((pipe) => pipe.disconnected);
  }

  /** Closes the pipes, and kills the child if it still runs. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    for (const pipe of this.pipes.values()) pipe.transport.close();
    if (this.returncode !== null) return;
    if (this.loop.getDebug()) this.loop._warn(`Close running child process: kill ${this._repr()}`);
    this._trySignal("SIGKILL");
  }

  // ---- waiting

  /** Waits until the child has exited; gives the return code. Cancelling it leaves the child alone. @internal */
  *_wait(): CoroutineGenerator<number> {
    if (this.returncode !== null) return this.returncode;
    return yield* this.waitWith(new OutsideFuture<void>({ loop: this.loop }));
  }

  /** Waits for the end of a child that is being ended: cancelled scopes do not interrupt it, a request does. @internal */
  *_waitForEnd(): CoroutineGenerator<number> {
    if (this.returncode === null) yield* this.waitWith(new ExitFuture({ loop: this.loop }));
    return this.returncode!;
  }

  private *waitWith(waiter: OutsideFuture<void>): CoroutineGenerator<number> {
    this.waiters.add(waiter);
    try {
      yield* waiter;
      return this.returncode!;
    } finally {
      this.waiters.delete(waiter);
    }
  }

  // ---- what happens

  private begin(onMade: () => void): void {
    const { early } = this;
    this.early = null;
    this.tell("connectionMade", this);
    for (const call of early!) call();
    onMade();
  }

  private onExit(returncode: number): void {
    if (this.early !== null) return void this.early.push(() => this.onExit(returncode));
    this.returncode = returncode;
    this.tell("processExited");
    this.pipes.get(0)?.transport.abort();
    for (const waiter of this.waiters) if (!waiter.done()) waiter.setResult();
    this.maybeFinish();
  }

  /** @internal */
  _pipeData(fd: number, data: Uint8Array): void {
    if (this.early !== null) return void this.early.push(() => this._pipeData(fd, data));
    this.tell("pipeDataReceived", fd, data);
  }

  /** @internal */
  _pipeLost(fd: number, error: unknown): void {
    if (this.early !== null) return void this.early.push(() => this._pipeLost(fd, error));
    this.tell("pipeConnectionLost", fd, error);
    this.maybeFinish();
  }

  private maybeFinish(): void {
    if (this.finished || this.returncode === null) return;
    for (const pipe of this.pipes.values()) if (!pipe.disconnected) return;
    this.finished = true;
    this.loop._removeEndpoint(this);
    enter(this.loop, this.context, () => this.tell("connectionLost", null));
  }

  /** What a protocol throws is reported, and the child lives on. */
  private tell<M extends keyof SubprocessProtocol>(method: M, ...args: Parameters<SubprocessProtocol[M]>): void {
    const { protocol } = this;
    try {
      (protocol[method] as (...args: unknown[]) => void).apply(protocol, args);
    } catch (error) {
      if (leavesLoop(error)) throw error;
      this.loop.callExceptionHandler({
        message: `protocol.${method}() failed`,
        exception: error,
        transport: this,
        protocol,
      });
    }
  }

  /** @internal */
  _pauseWriting(): void {
    this.tell("pauseWriting");
  }

  /** @internal */
  _resumeWriting(): void {
    this.tell("resumeWriting");
  }

  /** A child without a loop is killed, unless it was given a session of its own to live in. @internal */
  _onLoopClosed(): void {
    this.closed = true;
    this.child.unref();
    if (this.returncode !== null || this.killed) return;
    if (this.detached) {
      if (this.loop.getDebug()) this.loop._warn(`unclosed transport ${this._repr()}`);
      return;
    }
    this._trySignal("SIGKILL");
    this.loop.callExceptionHandler({
      message: `Child process ${this.getPid()} was still running when the event loop closed; it was killed`,
      transport: this,
    });
  }

  // ---- representation

  /** @internal */
  _repr(): string {
    const state = this.returncode === null ? "running" : `returncode=${this.returncode}`;
    const pipes = [...this.pipes].map(([fd, pipe]) => ` ${STREAMS[fd]}=${pipe.transport}`);
    return `<SubprocessTransport${this.closed ? " closed" : ""} pid=${this.getPid()} ${state}${pipes.join("")}>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

const SIGKILL = 9;

class ExitFuture extends OutsideFuture<void> {
  override get _outlastsScopes(): boolean {
    return true;
  }
}
