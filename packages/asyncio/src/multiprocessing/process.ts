import { checkTask, type WorkerTask, workingFolder } from "../executors/worker-task.ts";
import { globals } from "../host/globals.ts";
import { OutsideFuture } from "../interop/outside-future.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { RuntimeError } from "../loop/errors.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import type { NodeChild } from "../process/child.ts";
import { sendTo, signalNumber } from "../process/signal-numbers.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { childProgram } from "./child-program.ts";
import { hub, PROPERLY } from "./hub.ts";
import type { Message, StartMessage } from "./messages.ts";
import { ChannelPeer, type ForkedChild, forkProgram, thisProcess } from "./peer.ts";
import { registerSharedClasses } from "./shared-classes.ts";
import { pack } from "./shared-object.ts";

/** The channel's last messages may come after the news of the exit; so long they are waited for, in milliseconds. */
const LAST_WORDS_MS = 500;

let count = 0;
/** Those that die with this process. */
const daemons: Set<ForkedChild> = new Set();
let watchesExit = false;

/**
 * A process of its own for a function. Arguments are cloned, but queues, connections and managers' objects among them are
 * shared with it. The function runs as a task of a loop of the new process, which ends with it; a sync function does, too.
 * multiprocessing: `Process`.
 *
 * `task` comes from `workerModule` or `inline`. What the function returns is dropped: put it into a queue. What it throws
 * is printed by the new process, whose exit code is 1 then. Throws `TypeError` for what is no task.
 */
export class Process<A extends readonly unknown[] = readonly unknown[]> {
  /** May be set before the start. */
  name: string;
  /** Whether the process is killed when this one exits; default false. May be set before the start. */
  daemon: boolean = false;
  private readonly task: WorkerTask | null;
  private readonly args: readonly unknown[];
  private child: ForkedChild | null = null;
  private code: number | null = null;
  private failure: unknown = null;
  private readonly joiners: Set<OutsideFuture<void>> = new Set();
  /** @internal */ readonly _node: string = `${hub.node}.${++count}`;

  constructor(task: WorkerTask<A, unknown>, ...args: A) {
    if ((task as unknown) !== null) checkTask(task);
    this.task = task as WorkerTask | null;
    this.args = args;
    this.name = `Process-${count}`;
  }

  /**
   * Starts it. Throws `UncloneableError` for an argument that cannot be passed, `RuntimeError` when it was started before.
   */
  start(): void {
    if (this.child !== null) throw new RuntimeError("cannot start a process twice");
    registerSharedClasses();
    const folder = workingFolder();
    const args = pack(this.args, "args", this._node);
    const child = forkProgram(childProgram(folder), { serialization: "advanced", stdio: "inherit" });
    this.child = child;
    if (this.daemon) this.dieWithUs(child);
    const peer = new ChannelPeer(child);
    hub.addChild(this._node, peer);
    this.watch(child, peer);
    const start: StartMessage = {
      kind: "start",
      node: this._node,
      name: this.name,
      parent: hub.node,
      task: this.task?._definition ?? null,
      args,
      folder,
      daemon: this.daemon,
    };
    peer.send(start);
  }

  private dieWithUs(child: ForkedChild): void {
    daemons.add(child);
    const alive = {
      ref: (): void => {
        child.ref();
        child.channel?.ref?.();
      },
      unref: (): void => {
        child.unref();
        child.channel?.unref?.();
      },
    };
    hub.addDaemon(alive);
    child.on("exit", () => hub.removeDaemon(alive));
    if (watchesExit) return;
    watchesExit = true;
    thisProcess!.on("exit", () => {
      for (const each of daemons) sendTo(each as unknown as NodeChild, "SIGKILL");
    });
  }

  private watch(child: ForkedChild, peer: ChannelPeer): void {
    let exited = false;
    const end = (): void => {
      if (!exited || this.code !== null) return;
      const { exitCode, signalCode } = child;
      this.ended(signalCode === null ? (exitCode ?? 1) : -signalNumber(signalCode), signalCode, peer);
    };
    child.on("message", (message: Message) => hub.receive(message, peer));
    child.on("error", (error: unknown) => {
      if (child.pid !== undefined) return; // Of a message that could not be delivered: the exit tells more.
      this.failure = error;
      this.ended(1, null, peer);
    });
    child.on("disconnect", end);
    child.on("exit", () => {
      exited = true;
      daemons.delete(child);
      if (!child.connected) end();
      else globals.setTimeout(end, LAST_WORDS_MS);
    });
  }

  private ended(code: number, signal: string | null, peer: ChannelPeer): void {
    if (this.code !== null) return;
    this.code = code;
    const who = `process '${this.name}' (pid ${this.child!.pid})`;
    let how = `${who} ${PROPERLY}`;
    if (signal !== null) how = `${who} was ended by ${signal}`;
    else if (code !== 0) how = `${who} has ended with exit code ${code}`;
    hub.childGone(peer, this._node, how);
    for (const each of this.joiners) if (!each.done()) each.setResult();
    this.joiners.clear();
  }

  /**
   * Waits until it has ended, or for `timeout` (default null: for ever); see `exitcode` for which of these. Cancelling it
   * leaves the process alone. Throws what has kept the process from starting.
   */
  join(timeout: Delay | null = null): Coroutine<void> {
    return new FunctionCoroutine(joinDefinition, this, [timeout === null ? null : toSeconds(timeout)]);
  }

  /** @internal */
  *_join(timeout: number | null): CoroutineGenerator<void> {
    if (this.child === null) throw new RuntimeError("can only join a started process");
    if (this.code === null) {
      const loop = getRunningLoop();
      const future = new OutsideFuture<void>(loop);
      this.joiners.add(future);
      const timer = timeout === null ? null : loop.callLater(timeout, () => future.done() || future.setResult());
      hub.waitBegins();
      try {
        yield* future;
      } finally {
        hub.waitEnds();
        timer?.cancel();
        this.joiners.delete(future);
      }
    }
    if (this.failure !== null) throw this.failure;
  }

  isAlive(): boolean {
    return this.child !== null && this.code === null;
  }

  /** Null before its end; −N when signal N has ended it. */
  get exitcode(): number | null {
    return this.code;
  }

  /** Null before the start. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** Ends it with SIGTERM; nothing happens when it has ended. Its own children live on. */
  terminate(): void {
    this.signal("SIGTERM");
  }

  /** Ends it with SIGKILL; nothing happens when it has ended. */
  kill(): void {
    this.signal("SIGKILL");
  }

  private signal(name: string): void {
    if (this.child === null) throw new RuntimeError("the process has not been started");
    if (this.code === null) sendTo(this.child as unknown as NodeChild, name);
  }

  /** @internal */
  _repr(): string {
    const { child, code } = this;
    let state = "initial";
    if (child !== null) state = code === null ? "started" : `stopped exitcode=${code}`;
    const pid = child?.pid === undefined ? "" : ` pid=${child.pid}`;
    return `<Process name=${repr(this.name)}${pid} ${state}${this.daemon ? " daemon" : ""}>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

const joinDefinition = define(Process.prototype._join as never, "join");
