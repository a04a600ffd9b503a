import { type CancelledError, isCancelled } from "../loop/errors.ts";
import { driverHere } from "../tasks/ambient.ts";
import { postponeCancellation } from "../tasks/cancellation.ts";
import { FINISHED } from "../tasks/future.ts";
import { cancelledAround } from "../tasks/scope.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { OutsideFuture } from "./outside-future.ts";

/**
 * Waits for a value from the outside. It is held by nobody else; when the task is cancelled between the value's arrival
 * and its own next step, the value goes first, and the cancellation comes at the next wait.
 */
export function* receive<T>(future: OutsideFuture<T>): CoroutineGenerator<T> {
  try {
    return yield* future;
  } catch (error) {
    if (!isCancelled(error) || future._state !== FINISHED) throw error;
    deliverLater(error);
    return future.result();
  }
}

/** The task has taken a cancellation that it cannot obey yet: it comes at the next wait. */
export function deliverLater(error: CancelledError): void {
  const { _task: task, _scope: scope } = driverHere()!;
  // In a cancelled scope it comes by itself, and nothing is owed when the scope is left.
  if (task.cancelling() > 0 && cancelledAround(scope) === null) postponeCancellation(task, error);
}
