import { globals } from "../host/globals.ts";
import type { Host } from "../host/host.ts";
import { BaseLoop } from "../loop/base-loop.ts";
import type { CancelledError } from "../loop/errors.ts";
import { leavesLoop, RuntimeError } from "../loop/errors.ts";
import { firstPlaces } from "../loop/first-places.ts";
import { ambient } from "./ambient.ts";
import { type CoroutineLike, closeUnstarted } from "./coroutine-like.ts";
import { DebugWatch } from "./debug-watch.ts";
import { setDefaultLoopFactory } from "./default-loop.ts";
import type { AwaitableLike } from "./ensure-future.ts";
import { ensureFuture } from "./ensure-future.ts";
import { watchFloatingHelpers } from "./floating.ts";
import { FAILED, Future } from "./future.ts";
import { isFuture } from "./kinds.ts";
import { reportNeverAwaited, sweepRecent } from "./never-awaited.ts";
import { Task, type TaskOptions } from "./task.ts";
import { TaskList } from "./task-list.ts";
import { describeWaiting, taskLabel } from "./task-report.ts";
import { FailureBook } from "./unretrieved.ts";
import { places } from "./wanted-places.ts";

/** Makes the tasks of a loop, see `EventLoop.setTaskFactory`. */
export type TaskFactory = <T>(loop: EventLoop, coroutine: CoroutineLike<T>, options: TaskOptions) => Task<T>;

/** The event loop: callbacks, timers, futures and tasks. asyncio: `AbstractEventLoop`, as far as it needs no socket. */
export class EventLoop extends BaseLoop {
  /** Lets the loop itself serve as `FutureOptions`: the hot path makes no options object. @internal */
  readonly loop: this = this;
  /** @internal */ readonly _tasks: TaskList = new TaskList();
  /** Tasks that are done while helpers of theirs, which nobody awaits, still wait. @internal */
  readonly _orphans: Set<Task<unknown>> = new Set();
  /** How many tasks wait for a promise that is not ours, and nothing else. @internal */
  _foreignAwaits: number = 0;
  /** Futures of the outside that somebody has begun to wait for; virtual clocks want to know. @internal */
  readonly _outsideWaits: Set<Future<unknown>> | null = null;
  /** @internal */ readonly _failures: FailureBook = new FailureBook(this);
  /** Debug mode: who is cancelled and does not stop, who waits for each other. @internal */
  declare _watch: DebugWatch | null; // Set by `setDebug`, which the base class calls before fields are.
  /** The default executor, see `executors/`. @internal */
  _executor: { end(): CoroutineLike<void>; closed(): void } | null = null;
  private taskFactory: TaskFactory | null = null;
  private countedPlaces: boolean = false;
  private stopWatching: (() => void) | null = null;
  private readonly cancelledIn: WeakMap<CancelledError, Task<unknown>> = new WeakMap();

  constructor(host?: Host) {
    super(host);
    if (firstPlaces.left > 0) this._keepsPlaces = true;
  }

  /** A future of this loop. */
  createFuture<T>(): Future<T> {
    return new Future<T>(this);
  }

  /**
   * Runs a coroutine as a task; its first step comes in the next iteration (or now, with `eagerStart`).
   * Throws `TypeError` for what is no coroutine, `RuntimeError` on a closed loop.
   */
  createTask<T>(coroutine: CoroutineLike<T>, options: TaskOptions = {}): Task<T> {
    if (this.isClosed()) {
      closeUnstarted(coroutine);
      this._checkClosed();
    }
    return this.taskFactory === null
      ? new Task<T>(coroutine, this, options)
      : this.taskFactory(this, coroutine, options);
  }

  /** Sets what `createTask` calls; null restores the default. */
  setTaskFactory(factory: TaskFactory | null): void {
    if (factory !== null && typeof factory !== "function") {
      throw new TypeError("task factory must be a callable or null");
    }
    this.taskFactory = factory;
  }

  getTaskFactory(): TaskFactory | null {
    return this.taskFactory;
  }

  /**
   * Runs the loop until `awaitable` is done and gives its result. A coroutine becomes a task.
   * Rejects with `RuntimeError` when the loop is stopped first; the task stays pending.
   */
  async runUntilComplete<T>(awaitable: AwaitableLike<T>): Promise<T> {
    this._checkClosed();
    this._checkRunning();
    const own = !isFuture(awaitable);
    const future = ensureFuture<T>(awaitable, { loop: this });
    const stop = {
      _run: () => {
        // An error that leaves the loop has stopped it; a stop of our own would end the next run.
        if (future._state === FAILED && leavesLoop(future._value)) return;
        this.stop();
      },
    };
    future._addCallback(stop);
    try {
      await this.runForever();
    } catch (error) {
      if (own && future.done() && !future.cancelled()) future.exception(); // The coroutine's error left the loop.
      throw error;
    } finally {
      future._removeCallback(stop);
    }
    if (!future.done()) throw new RuntimeError("Event loop stopped before Future completed.");
    return future.result();
  }

  /** Asynchronous generators of JavaScript cannot be tracked; there is nothing to do. */
  async shutdownAsyncgens(): Promise<void> {}

  override setDebug(enabled: boolean): void {
    super.setDebug(enabled);
    this._watch?.stop();
    this._watch = enabled ? new DebugWatch(this) : null;
    if (enabled && this.isRunning()) this._watch!.start();
  }

  // ---- hooks of the loop

  /** @internal */
  override _onStart(): void {
    this.stopWatching = watchFloatingHelpers(this);
    if (this._keepsPlaces) places.wanted++;
    this.countedPlaces = this._keepsPlaces;
    if (firstPlaces.left > 0) firstPlaces.loops.add(this);
    else this._stopKeepingPlaces();
    this._watch?.start();
  }

  /** The first places, which are kept outside of debug mode, too, are used up. @internal */
  _stopKeepingPlaces(): void {
    if (this.getDebug()) return;
    this._keepsPlaces = false;
    if (this.countedPlaces) places.wanted--;
    this.countedPlaces = false;
  }

  /** @internal */
  override _onStop(): void {
    const place = ambient.guess === null ? undefined : ambient.get();
    if (place?.task._loop === this) ambient.guess?.leave(place);
    this.stopWatching?.();
    this._watch?.stop();
    if (this.countedPlaces) places.wanted--;
    this.countedPlaces = false;
    firstPlaces.loops.delete(this);
    this.stopWatching = null;
  }

  /** @internal */
  override _onIdle(): void {
    this._failures.sweep();
    sweepRecent(this);
    this._watch?.check();
  }

  /** @internal */
  override _onClose(): void {
    this._executor?.closed();
    this._failures.reportAll();
    reportNeverAwaited(this);
    for (const task of this._tasks) {
      this.callExceptionHandler({
        message: "Task was destroyed but it is pending!",
        task,
        ...(task._sourceTraceback !== null && { sourceTraceback: task._sourceTraceback }),
      });
    }
    for (const task of this._orphans) {
      this.callExceptionHandler({
        message: `A helper that ${taskLabel(task)} did not await was still waiting when the event loop closed`,
        task,
      });
    }
    this._orphans.clear();
    super._onClose();
  }

  /** @internal */
  override _describeWaiting(): string {
    const tasks = [...this._tasks];
    const lines = tasks.slice(0, MOST_LISTED).map((task) => `  ${describeWaiting(task)}`);
    if (tasks.length > MOST_LISTED) lines.push(`  … and ${tasks.length - MOST_LISTED} more`);
    return lines.join("\n");
  }

  /** @internal */
  _noteCancelledIn(error: CancelledError, task: Task<unknown>): void {
    this.cancelledIn.set(error, task);
  }

  /** The task whose native code was given `error`. @internal */
  _taskCancelledWith(error: CancelledError): Task<unknown> | undefined {
    return this.cancelledIn.get(error);
  }

  /** Chance, for those who must not all do the same at once; the test loop's is seeded. @internal */
  _random(): number {
    return Math.random();
  }

  /** @internal */
  _warn(message: string): void {
    globals.console.warn(message);
  }
}

/** How many tasks a deadlock's report names. */
const MOST_LISTED = 50;

setDefaultLoopFactory(() => new EventLoop());
