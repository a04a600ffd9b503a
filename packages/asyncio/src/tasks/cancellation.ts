import { type CancelledError, isCancelled, makeCancelledError } from "../loop/errors.ts";
import type { Future } from "./future.ts";
import { CANCELLED, FAILED } from "./future-state.ts";
import { BY_REQUEST, BY_SCOPE, endWait, isOpen, NOT_ENDED, openWaits, openWaitsWithin } from "./open-waits.ts";
import { rareState } from "./rare-state.ts";
import { type CancelNode, cancelledAround, isWithin, type Scope } from "./scope.ts";
import type { Task } from "./task.ts";
import { IN_CANCELLED, MUST_CANCEL, MUST_CANCEL_SCOPES, PASSING_ON } from "./task-flags.ts";

/*
 * How cancellations find the waits they are for (see scope.ts for the two kinds).
 *
 * A request is counted, and then goes to what the task waits for within the request's scope; from task to task, as long
 * as each waits for the next and for nothing else. Where there is nothing to cancel (the code runs, its step is queued,
 * a native step is open) it stays with the task, until the next step takes it or the next wait begins. One CancelledError
 * answers all requests that reach the wait it is thrown at.
 * The state of a cancelled scope is applied to each wait inside, whenever one begins, and never stays.
 */

// ---- requests

/** Asks what runs within `scope` (null: the whole task) to stop. */
export function requestCancel(task: Task<unknown>, message: unknown, scope: Scope | null): void {
  if ((task._irregular & PASSING_ON) !== 0) return breakCircle(task, message);
  let last = task;
  let within = scope;
  countRequest(last, message, within);
  // Down a chain of tasks that wait for each other, however long, without recursion.
  let passed: Task<unknown>[] | null = null;
  for (let child = soleChild(last, within); child !== null; child = soleChild(last, null)) {
    passed ??= [];
    passed.push(last);
    last._irregular |= PASSING_ON;
    last = child;
    within = null;
    if ((last._irregular & PASSING_ON) !== 0) break;
    countRequest(last, message, null);
  }
  if ((last._irregular & PASSING_ON) !== 0) {
    breakCircle(last, message);
    for (const each of passed!) each._irregular &= ~PASSING_ON;
  } else {
    last._irregular |= PASSING_ON;
    try {
      if (!tryDeliver(last, message, within)) noteCancellation(last, message, within);
    } finally {
      last._irregular &= ~PASSING_ON;
      if (passed !== null) for (const each of passed) each._irregular &= ~PASSING_ON;
    }
  }
}

function countRequest(task: Task<unknown>, message: unknown, scope: Scope | null): void {
  task._cancelRequests++;
  if (scope !== null) rareState(task).noteRequest(scope);
  if (task._rare !== null || message !== undefined) rareState(task).requested(message);
}

/** The task that a cancellation of `scope` is to be passed on to; null when the task waits for anything else. */
function soleChild(task: Task<unknown>, scope: Scope | null): Task<unknown> | null {
  if (task._stepIsOpen()) return null;
  let waiter = task._waiter;
  if (waiter !== null && !waiter._isNativeBody) {
    if (!isWithin(task._scope, scope)) return null;
  } else {
    const open = openWaitsWithin(task, scope);
    if (open.length !== 1) return null;
    waiter = open[0]!._waiter;
    if (waiter?._asTask != null) open[0]!._endedBy = BY_REQUEST;
  }
  const child = waiter?._asTask ?? null;
  return child !== null && child._state === 0 && !child._overridesCancel ? child : null;
}

/** The tasks that the request went through wait for each other: one of them stops waiting. */
function breakCircle(task: Task<unknown>, message: unknown): void {
  const waiter = task._waiter;
  if (waiter !== null && !waiter._isNativeBody) {
    task._waiter = null;
    waiter._removeCallback(task);
    leaveAlone(waiter);
    task._throwNext(makeCancelledError(message, task._loop._keepsPlaces));
    return;
  }
  for (const wait of openWaitsWithin(task, null)) {
    wait._endedBy = BY_REQUEST;
    leaveAlone(wait._waiter!);
    wait._abandon(message);
  }
}

/** A private future that nobody waits for any more may end with the cancellation that has come round the circle. */
function leaveAlone(waiter: Future<unknown>): void {
  if (!waiter._private) return;
  const seeCancellation = (): void => {
    if (waiter._state === FAILED && isCancelled(waiter._value)) waiter._takeError();
  };
  waiter._addCallback({ _run: seeCancellation });
}

/** Cancels what the task waits for within `scope`. False when it waits for nothing of the kind now. */
function tryDeliver(task: Task<unknown>, message: unknown, scope: Scope | null): boolean {
  if (task._stepIsOpen()) return false;
  const waiter = task._waiter;
  if (waiter !== null && !waiter._isNativeBody) {
    if (!isWithin(task._scope, scope) || waiter.done()) return false;
    noteDeliveredFor(task, scope);
    return waiter.cancel(message);
  }
  const open = openWaitsWithin(task, scope);
  if (open.length > 0) noteDeliveredFor(task, scope);
  if (open.length === 1) {
    const only = open[0]!;
    only._endedBy = BY_REQUEST;
    return only._waiter!.cancel(message);
  }
  for (const wait of open) endWait(wait, message, BY_REQUEST);
  return open.length > 0;
}

function noteDeliveredFor(task: Task<unknown>, scope: Scope | null): void {
  if (scope !== null || task._rare !== null) rareState(task).deliveredFor = scope;
  task._loop._watch?.noteDelivered(task, scope);
}

/** A request that could not be delivered stays with the task. */
export function noteCancellation(task: Task<unknown>, message: unknown, scope: Scope | null): void {
  if (scope === null) {
    task._irregular |= MUST_CANCEL;
    task._cancelMessage = message;
    return;
  }
  const rare = rareState(task);
  rare.pending ??= new Map();
  rare.pending.set(scope, message);
  task._irregular |= MUST_CANCEL_SCOPES;
}

/** The request of a scope that is left is dropped if it has not been delivered. */
export function withdrawPending(task: Task<unknown>, scope: Scope): void {
  const pending = task._rare?.pending;
  if (pending?.delete(scope) === true && pending.size === 0) task._irregular &= ~MUST_CANCEL_SCOPES;
}

/** No request is left to deliver. */
export function withdrawAllPending(task: Task<unknown>): void {
  task._irregular &= ~(MUST_CANCEL | MUST_CANCEL_SCOPES);
  task._rare?.pending?.clear();
}

/** A cancellation has come too late for what it was to interrupt: it comes again at the next wait. */
export function postponeCancellation(task: Task<unknown>, error: CancelledError): void {
  noteCancellation(task, error.reason, task._rare?.deliveredFor ?? null);
}

/**
 * An error leaves a place within `scope` in the stead of a CancelledError: the requests that reach it come again, at the
 * next wait.
 */
export function renewRequests(task: Task<unknown>, scope: Scope | null): void {
  if (task._cancelRequests === 0) return;
  const requested = task._rare?.requestedBy ?? null;
  if (isWithin(scope, null) && task._cancelRequests > (requested?.size ?? 0)) noteCancellation(task, undefined, null);
  if (requested !== null) for (const by of requested) if (isWithin(scope, by)) noteCancellation(task, undefined, by);
}

/** A shield has gone: a request that it held back may reach the task where it waits now. */
export function retryCancellation(task: Task<unknown>): void {
  if ((task._irregular & MUST_CANCEL) !== 0 && tryDeliver(task, task._cancelMessage, null)) {
    task._irregular &= ~MUST_CANCEL;
  }
  if ((task._irregular & MUST_CANCEL_SCOPES) === 0) return;
  for (const [scope, message] of task._rare!.pending!) {
    if (tryDeliver(task, message, scope)) withdrawPending(task, scope);
  }
}

/**
 * The cancellation that a step within `scope` begins with, which takes it; null when there is none. `waiter` is what
 * the step has waited for: when that was cancelled, too, its own error is the cancellation; when it was native code,
 * the step is not a new one but the rest of the native code's.
 */
export function takeCancellation(
  task: Task<unknown>,
  scope: Scope | null,
  waiter: Future<unknown> | null,
): CancelledError | null {
  if ((task._irregular & (MUST_CANCEL | MUST_CANCEL_SCOPES)) === 0 || waiter?._isNativeBody === true) return null;
  const message = takePending(task, scope);
  if (message === NOTHING_PENDING) return null;
  if (waiter?._state === CANCELLED || (waiter?._state === FAILED && isCancelled(waiter._value))) return null;
  if (waiter?._state === FAILED) waiter._takeError(); // Seen, and superseded.
  return makeCancelledError(message, task._loop._keepsPlaces);
}

const NOTHING_PENDING = Symbol("nothing pending");

/** Takes all pending requests that reach a wait within `scope`; the message of the one for the whole task, or the last. */
function takePending(task: Task<unknown>, scope: Scope | null): unknown {
  let message: unknown = NOTHING_PENDING;
  if ((task._irregular & MUST_CANCEL_SCOPES) !== 0) {
    for (const [pending, itsMessage] of task._rare!.pending!) {
      if (!isWithin(scope, pending)) continue;
      withdrawPending(task, pending);
      noteDeliveredFor(task, pending);
      message = itsMessage;
    }
  }
  if ((task._irregular & MUST_CANCEL) !== 0 && isWithin(scope, null)) {
    task._irregular &= ~MUST_CANCEL;
    noteDeliveredFor(task, null);
    message = task._cancelMessage;
  }
  return message;
}

// ---- the lasting state of cancel scopes

export function joinScope(task: Task<unknown>, node: CancelNode): void {
  const rare = rareState(task);
  rare.cancelNodes ??= [];
  rare.cancelNodes.push(node);
  if (node._cancelledBy !== null) task._irregular |= IN_CANCELLED;
}

export function partFromScope(task: Task<unknown>, node: CancelNode): void {
  const nodes = task._rare!.cancelNodes!;
  nodes.splice(nodes.lastIndexOf(node), 1);
  node._part(task);
  task._loop._watch?.forget(task, node);
  if (!nodes.some((other) => other._cancelledBy !== null)) task._irregular &= ~IN_CANCELLED;
}

/** A cancel scope that the task has a part in has been cancelled. What the task waits for inside ends. */
export function scopeCancelled(task: Task<unknown>, node: CancelNode): void {
  task._irregular |= IN_CANCELLED;
  task._loop._watch?.noteDelivered(task, node);
  cancelWaitsInScopes(task);
}

/** Cancels what the task waits for inside cancelled scopes; each wait once, for it may take its time to end. */
function cancelWaitsInScopes(task: Task<unknown>): void {
  if (task._stepIsOpen()) return;
  const waiter = task._waiter;
  if (waiter !== null && !waiter._isNativeBody) {
    const by = cancelledAround(task._scope);
    if (by === null || waiter._outlastsScopes || rareState(task).cancelledByScope === waiter) return;
    rareState(task).cancelledByScope = waiter;
    waiter.cancel(by._reason);
    return;
  }
  const open = openWaits(task).filter(
    (wait) => isOpen(wait) && !wait._waiter!._outlastsScopes && cancelledAround(wait._scope) !== null,
  );
  const only = open.length === 1 && open[0]!._endedBy === NOT_ENDED ? open[0]! : null;
  if (only !== null) {
    only._endedBy = BY_SCOPE;
    only._waiter!.cancel(cancelledAround(only._scope)!._reason);
    return;
  }
  for (const wait of open) {
    if (wait._endedBy === NOT_ENDED) endWait(wait, cancelledAround(wait._scope)!._reason, BY_SCOPE);
  }
}

/** The error with which a bare turn inside a cancelled scope ends. */
export function cancelledTurn(task: Task<unknown>, scope: Scope | null): CancelledError | null {
  if ((task._irregular & IN_CANCELLED) === 0) return null;
  const by = cancelledAround(scope);
  return by === null ? null : makeCancelledError(by._reason, task._loop._keepsPlaces);
}

// ---- both

/** The task waits, or is known to wait: what has been asked of it may be delivered now. */
export function deliverWhatIsDue(task: Task<unknown>): void {
  retryCancellation(task);
  if ((task._irregular & IN_CANCELLED) !== 0) cancelWaitsInScopes(task);
}
