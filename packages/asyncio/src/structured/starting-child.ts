import { isCancelled, RuntimeError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import type { Body } from "../tasks/body.ts";
import { renewRequests } from "../tasks/cancellation.ts";
import type { Driver } from "../tasks/driver.ts";
import { EndFuture, FollowingFuture } from "../tasks/private-future.ts";
import { CancelNode, type Scope } from "../tasks/scope.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Task, TaskOptions } from "../tasks/task.ts";
import { withRoot } from "./child-task.ts";
import type { TaskGroup } from "./task-group.ts";

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
  private readonly scope: Scope | null;
  /** Null while the child takes its first step inside `createTask`. */
  private child: Task<unknown> | null = null;
  private waiter: FollowingFuture<void> | null = null;
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
    this.starter = starter._task;
    this.scope = starter._scope;
    this.root._enterFrom(this.scope);
    const { _loop: loop } = this.starter;
    const run = (): Body<unknown> => body(this.onStarted);
    Object.defineProperty(run, "name", { value: body.name });
    this.child = withRoot(this.root, () => loop.createTask(run, options));
    if (this.value === null) this.child.addDoneCallback(this.onEnded);
    else this.handOver(this.child);
  }

  *waitUntilStarted(): CoroutineGenerator<V> {
    const task = this.child!;
    let cancellation: { readonly error: unknown } | null = null;
    while (this.value === null && !this.ended) {
      this.waiter = new (cancellation === null ? FollowingFuture<void> : EndFuture)(task._loop, [task]);
      try {
        yield* this.waiter;
      } catch (error) {
        if (!isCancelled(error) || this.value !== null) throw error;
        cancellation ??= { error };
        this.givenUp = true;
        task.cancel(error.reason);
      }
    }
    if (this.value !== null) return this.value.value;
    this.group._neverStarted();
    const error = task.cancelled() ? null : task.exception();
    if (error !== null) {
      // As in a group: the error has priority, the cancellation comes at the next await.
      if (cancellation !== null) renewRequests(this.starter, this.scope);
      throw error;
    }
    if (cancellation !== null) throw cancellation.error;
    const end = task.cancelled() ? "was cancelled before it had called" : "ended without having called";
    throw new RuntimeError(`${repr(task)} ${end} started()`);
  }

  private readonly onStarted = (value: V): void => {
    if (this.value !== null) throw new RuntimeError("started() has been called already");
    if (this.givenUp || this.ended) return;
    this.value = { value };
    if (this.child === null) return; // An eager first step: it is handed over when it has been taken.
    this.child.removeDoneCallback(this.onEnded);
    this.handOver(this.child);
    this.wake();
  };

  private handOver(child: Task<unknown>): void {
    this.root._moveTo(this.group);
    this.group._adoptStarted(child);
  }

  private readonly onEnded = (): void => {
    this.ended = true;
    this.wake();
  };

  private wake(): void {
    if (this.waiter !== null && !this.waiter.done()) this.waiter.setResult();
  }
}
