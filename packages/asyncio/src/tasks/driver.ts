import { RuntimeError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import type { Runnable } from "../loop/runnable.ts";
import { copiesHint } from "./copies.ts";
import type { Future } from "./future.ts";
import { futureBrand, isCoroutine } from "./kinds.ts";
import type { Scope } from "./scope.ts";
import { handover } from "./suspension.ts";
import type { Task } from "./task.ts";

/** What steps a generator: a task, or native code of a task that awaits a generator coroutine. */
export interface Driver extends Runnable {
  /** The task on whose behalf it runs. */
  readonly _task: Task<unknown>;
  /** The future it waits for; null while it runs or its next step is due. */
  _waiter: Future<unknown> | null;
  /** The innermost timeout or group body that the generator is in. */
  _scope: Scope | null;
  /** Whether what it steps has ended. */
  _ended(): boolean;
  /** Makes the next step throw `error` into the generator. */
  _throwNext(error: unknown): void;
}

/**
 * What a coroutine has yielded, when it is not simply a pending future of the task's own loop: a bare `yield` (one turn
 * of the loop) or a mistake, which is thrown into the coroutine at its next step.
 */
export function handleYield(driver: Driver, value: unknown): void {
  const task = driver._task;
  const { offered } = handover;
  handover.offered = null;
  if (value === undefined) return task._loop._enqueue(driver);
  if (value === null || offered !== value) return driver._throwNext(badYield(task, value));
  const future = value as Future<unknown>;
  if (future === (task as Future<unknown>)) {
    return driver._throwNext(new RuntimeError(`Task cannot await on itself: ${repr(task)}`));
  }
  driver._throwNext(otherLoop(task, future));
}

export function otherLoop(task: Task<unknown>, future: Future<unknown>): RuntimeError {
  return new RuntimeError(`Task ${repr(task)} got Future ${repr(future)} attached to a different loop`);
}

function badYield(task: Task<unknown>, value: unknown): RuntimeError {
  if (typeof value === "object" && value !== null) {
    if (isCoroutine(value)) value.close(); // Reported here; not once more as never awaited.
    if ((value as { readonly [futureBrand]?: unknown })[futureBrand] === true || "then" in value) {
      const advice = copiesHint() ?? "yield was used instead of yield*";
      return new RuntimeError(`${advice} in task ${repr(task)} with ${repr(value)}`);
    }
    if (Symbol.iterator in value) {
      return new RuntimeError(
        `yield was used instead of yield* for generator in task ${repr(task)} with ${repr(value)}`,
      );
    }
  }
  return new RuntimeError(`Task got bad yield: ${repr(value)}`);
}
