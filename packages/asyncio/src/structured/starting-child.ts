import { isCancelled, RuntimeError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import type { Body } from "../tasks/body.ts";
import type { Driver } from "../tasks/driver.ts";
import { EndFuture, PrivateFuture } from "../tasks/private-future.ts";
import { CancelNode, nextTask, type Scope } from "../tasks/scope.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Task, TaskOptions } from "../tasks/task.ts";
import type { TaskGroup } from "./task-group.ts";

/** Makes a task that begins inside `root`. */
export function withRoot<T>(root: Scope, make: () => Task<T>): Task<T> {
  nextTask.root = root;
  try {
    return make();
  } finally {
    nextTask.root = null;
  }
}

/** The root of a child that moves from its starter's scopes to the group's when it has started. */
class MovingRoot extends CancelNode {
  override get _isRoot(): boolean {
    return true;
  }

  override _part(task: Task<unknown>): void {
    super._part(task);
    this._leave(); // It has no other task.
  }
}

/** A child of `TaskGroup.start` until it has called `started`. */
export class StartingChild<V> {
  private readonly group: TaskGroup;
  private readonly root: MovingRoot = new MovingRoot();
  private readonly starter: Task<unknown>;
  private readonly task: Task<unknown>;
  private waiter: PrivateFuture<void> | null = null;
  private value: { readonly value: V } | null = null;
  private ended: boolean = false;
  /** The starter has been cancelled and only waits for the end. */
  private givenUp: boolean = false;

  constructor(
    group: TaskGroup,
    starter: Driver,
    body: (started: (value: V) => void) => Body<unknown>,
    options: TaskOptions,
  ) {
    this.group = group;
    this.root._enterFrom(starter._scope);
    this.starter = starter._task;
    const { _loop: loop } = this.starter;
    const run = (): Body<unknown> => body(this.onStarted);
    Object.defineProperty(run, "name", { value: body.name });
    this.task = withRoot(this.root, () => loop.createTask(run, options));
    this.task.addDoneCallback(this.onEnded);
  }

  *waitUntilStarted(): CoroutineGenerator<V> {
    let cancellation: { readonly error: unknown } | null = null;
    while (this.value === null && !this.ended) {
      this.waiter = cancellation === null ? new PrivateFuture(this.task._loop) : new EndFuture(this.task._loop);
      try {
        yield* this.waiter;
      } catch (error) {
        if (!isCancelled(error) || this.value !== null) throw error;
        cancellation ??= { error };
        this.givenUp = true;
        this.task.cancel(error.reason);
      }
    }
    if (this.value !== null) return this.value.value;
    this.group._neverStarted();
    const error = this.task.cancelled() ? null : this.task.exception();
    if (error !== null) {
      if (cancellation !== null && this.starter.cancelling() > 0) {
        // As in a group: the error has priority, the cancellation comes at the next await.
        this.starter.uncancel();
        this.starter.cancel();
      }
      throw error;
    }
    if (cancellation !== null) throw cancellation.error;
    const end = this.task.cancelled() ? "was cancelled before it had called" : "ended without having called";
    throw new RuntimeError(`${repr(this.task)} ${end} started()`);
  }

  private readonly onStarted = (value: V): void => {
    if (this.value !== null) throw new RuntimeError("started() has been called already");
    if (this.givenUp || this.ended) return;
    this.value = { value };
    this.task.removeDoneCallback(this.onEnded);
    this.root._moveTo(this.group);
    this.group._adoptStarted(this.task);
    this.wake();
  };

  private readonly onEnded = (): void => {
    this.ended = true;
    this.wake();
  };

  private wake(): void {
    if (this.waiter !== null && !this.waiter.done()) this.waiter.setResult();
  }
}
