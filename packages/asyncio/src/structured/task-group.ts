import { CancelledError, isCancelled, leavesLoop, RuntimeError } from "../loop/errors.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import { driverHere } from "../tasks/ambient.ts";
import type { Body } from "../tasks/body.ts";
import { renewRequests } from "../tasks/cancellation.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { type CoroutineLike, closeUnstarted } from "../tasks/coroutine-like.ts";
import type { Driver } from "../tasks/driver.ts";
import { EndFuture, FollowingFuture } from "../tasks/private-future.ts";
import { cancelledAround, Scope } from "../tasks/scope.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Task, TaskOptions } from "../tasks/task.ts";
import { createChildTask } from "./child-task.ts";
import { ExceptionGroup } from "./exception-group.ts";
import { StartingChild } from "./starting-child.ts";
import { within } from "./within.ts";

/**
 * Children that end with their block, see `taskGroup`. asyncio: `TaskGroup`.
 *
 * The first child that fails *aborts* the group: its siblings are cancelled, and so is the body, by a request that is
 * the group's own and is withdrawn at the end. Leaving the block waits for every child. Then, in this order: an error
 * that leaves the loop; a cancellation from outside, if nothing has failed; all failures in one ExceptionGroup.
 */
export class TaskGroup extends Scope {
  private parent: Task<unknown> | null = null;
  private exiting: boolean = false;
  private aborting: boolean = false;
  private parentCancelRequested: boolean = false;
  /** How many cancellations were under way when the body was entered; they are not the group's to pass on. */
  private cancellingBefore: number = 0;
  private readonly children: Set<Task<unknown>> = new Set();
  private errors: unknown[] = [];
  private leavingError: { readonly error: unknown } | null = null;
  /** How many children have not told `start` that they have started. */
  private starting: number = 0;
  private allDone: FollowingFuture<void> | null = null;
  private controller: AbortController | null = null;

  // Made by `taskGroup` only.
  private constructor() {
    super();
  }

  /** @internal */
  static _make(): TaskGroup {
    return new TaskGroup();
  }

  /**
   * Runs a coroutine as a child of the group. Children may add children, also while the block is being left.
   * Throws `RuntimeError` (and closes the coroutine) when the group is finished or shutting down.
   */
  createTask<T>(coroutine: CoroutineLike<T>, options?: TaskOptions): Task<T> {
    const why = this.whyClosed();
    if (why !== null) {
      closeUnstarted(coroutine);
      throw new RuntimeError(`TaskGroup ${repr(this)} ${why}`);
    }
    const task = createChildTask(this.parent!._loop, this, coroutine, options);
    this.adopt(task as Task<unknown>);
    return task;
  }

  /**
   * Runs `body` as a child of the group and waits until it calls `started(value)`; gives the value. Until then the child
   * belongs to the caller: its error is thrown here, as it is, and cancelling the caller cancels it. From then on it is a
   * child as any other. Throws `RuntimeError` when the child ends without having called `started`, and (before the
   * child begins) when the group takes no more children. trio: `nursery.start()`.
   */
  start<V = void>(body: (started: (value: V) => void) => Body<unknown>, options: TaskOptions = {}): Coroutine<V> {
    if (typeof body !== "function") throw new TypeError("TaskGroup.start(body) takes a function");
    return new FunctionCoroutine(startDefinition, this, [body, options]);
  }

  /** @internal */
  *_start<V>(body: (started: (value: V) => void) => Body<unknown>, options: TaskOptions): CoroutineGenerator<V> {
    const why = this.whyClosed();
    if (why !== null) throw new RuntimeError(`TaskGroup ${repr(this)} ${why}`);
    this.starting++;
    let child: StartingChild<V>;
    try {
      child = new StartingChild(this, driverHere()!, body, options);
    } catch (error) {
      this._neverStarted();
      throw error;
    }
    return yield* child.waitUntilStarted();
  }

  /** A child that has started becomes the group's. @internal */
  _adoptStarted(task: Task<unknown>): void {
    this.starting--;
    this.adopt(task);
  }

  /** A child has ended without having started. @internal */
  _neverStarted(): void {
    this.starting--;
    this.noteEmpty();
  }

  private whyClosed(): string | null {
    if (this.parent === null) return "has not been entered";
    if (this.exiting && this.empty) return "is finished";
    return this.aborting ? "is shutting down" : null;
  }

  private get empty(): boolean {
    return this.children.size === 0 && this.starting === 0;
  }

  private adopt(task: Task<unknown>): void {
    this.children.add(task);
    // A callback even for a child that has failed eagerly: the group must not be cancelled inside `createTask`.
    task.addDoneCallback(this.onChildDone as never);
    // Its eager first step has cancelled the group, when the group did not know it yet.
    if (this.aborting && !task.done()) task.cancel();
  }

  /** The children that are not done, in the order of their creation. */
  get tasks(): ReadonlySet<Task<unknown>> {
    return new Set(this.children);
  }

  /**
   * Stops the group without an error: body and children are cancelled, the block ends normally (with `undefined`).
   * A second call, or one after the end, does nothing. Python 3.15: `TaskGroup.cancel()`.
   */
  cancel(): void {
    const over = this.exiting && this.empty;
    if (this.parent === null || this.aborting || over) return;
    this.abort();
    this.requestParentCancel();
  }

  /** Aborted when the group is, with a CancelledError as its reason. Made when first asked for. */
  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (this.aborting) this.controller.abort(new CancelledError());
    }
    return this.controller.signal;
  }

  /** @internal */
  *_run<T>(body: (group: TaskGroup) => Body<T>): CoroutineGenerator<T> {
    const driver = driverHere();
    if (driver === null) throw new RuntimeError(`TaskGroup ${repr(this)} cannot determine the parent task`);
    this.parent = driver._task;
    this.cancellingBefore = this.parent._cancellingWithin(driver._scope);
    let value: T | undefined;
    let thrown: { readonly error: unknown } | null = null;
    try {
      value = yield* within(driver, this, body, this);
    } catch (error) {
      thrown = { error };
    }
    if (thrown === null && this.parentCancelRequested) this.parent._loop._watch?.noteSwallowed(this.parent, this);
    yield* this.exit(driver, thrown);
    return value as T;
  }

  private *exit(driver: Driver, thrown: { readonly error: unknown } | null): CoroutineGenerator<void> {
    const parent = this.parent!;
    this.exiting = true;
    let cancellation = thrown !== null && isCancelled(thrown.error) ? thrown : null;
    let meanwhile: typeof thrown = null;
    if (thrown !== null) {
      if (leavesLoop(thrown.error)) this.leavingError ??= thrown;
      if (!this.aborting) this.abort();
    }
    // The wait may be cancelled several times: by our own request, and by others who cancel the parent.
    while (!this.empty) {
      this.allDone ??= new (this.aborting ? EndFuture : FollowingFuture<void>)(parent._loop, this.children);
      try {
        yield* within(driver, this, waitFor, this.allDone);
      } catch (error) {
        if (!isCancelled(error)) throw error;
        meanwhile = { error };
        if (!this.aborting) {
          cancellation = { error };
          this.abort();
        }
      }
      this.allDone = null;
    }
    if (this.leavingError !== null) throw this.leavingError.error;
    if (this.parentCancelRequested) {
      const others = parent._uncancelScope(this) > this.cancellingBefore || cancelledAround(this) !== null;
      // Stopped by `cancel()`: a cancellation from outside that came meanwhile passes on.
      cancellation = others ? (cancellation ?? meanwhile) : null;
    }
    if (cancellation !== null && this.errors.length === 0) throw cancellation.error;
    if (thrown !== null && !isCancelled(thrown.error)) this.errors.push(thrown.error);
    if (this.errors.length === 0) return;
    // Cancelled from outside as well: the errors have priority, the cancellation comes at the next await.
    renewRequests(parent, driver._scope);
    throw new ExceptionGroup("unhandled errors in a TaskGroup", this.errors);
  }

  private readonly onChildDone = (task: Task<unknown>): void => {
    const parent = this.parent!;
    this.children.delete(task);
    this.noteEmpty();
    if (task.cancelled()) return;
    const error = task.exception();
    if (error === null) return;
    this.errors.push(error);
    if (leavesLoop(error)) this.leavingError ??= { error };
    if (parent.done()) {
      parent._loop.callExceptionHandler({
        message: `Task ${repr(task)} has errored out but its parent task ${repr(parent)} is already completed`,
        exception: error,
        task,
      });
      return;
    }
    if (this.aborting || this.parentCancelRequested) return;
    this.abort();
    this.requestParentCancel();
  };

  private noteEmpty(): void {
    if (this.allDone !== null && this.empty && !this.allDone.done()) this.allDone.setResult();
  }

  private abort(): void {
    this.aborting = true;
    this.controller?.abort(new CancelledError());
    for (const task of this.children) if (!task.done()) task.cancel();
  }

  private requestParentCancel(): void {
    this.parentCancelRequested = true;
    this.parent!._requestCancel(undefined, this);
  }

  /** @internal */
  _repr(): string {
    const info = [
      ...(this.children.size > 0 ? [`tasks=${this.children.size}`] : []),
      ...(this.errors.length > 0 ? [`errors=${this.errors.length}`] : []),
      ...(this.aborting ? ["cancelling"] : this.parent !== null ? ["entered"] : []),
    ];
    return `<TaskGroup${info.length > 0 ? ` ${info.join(" ")}` : ""}>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

function* waitFor(future: FollowingFuture<void>): CoroutineGenerator<void> {
  yield* future;
}

/**
 * Runs `body` with a group whose children end with it: the block is left when body and children are done, and gives the
 * body's value. When one fails, the others are cancelled and all failures come out as one `ExceptionGroup` (see
 * `catchGroup`). Cancelling the waiting task cancels the children. Must run in a task.
 * asyncio: `async with TaskGroup() as group:`.
 */
export function taskGroup<T>(body: (group: TaskGroup) => Body<T>): Coroutine<T> {
  if (typeof body !== "function") throw new TypeError("taskGroup(body) takes a function");
  return new FunctionCoroutine(taskGroupDefinition, undefined, [body]);
}

function* taskGroupBody<T>(body: (group: TaskGroup) => Body<T>): CoroutineGenerator<T> {
  return yield* TaskGroup._make()._run(body);
}

const taskGroupDefinition = define(taskGroupBody as never, "taskGroup");

function* startBody<V>(
  this: TaskGroup,
  body: (started: (value: V) => void) => Body<unknown>,
  options: TaskOptions,
): CoroutineGenerator<V> {
  return yield* this._start(body, options);
}

const startDefinition = define(startBody as never, "start");
