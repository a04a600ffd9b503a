import type { Future } from "./future.ts";
import { isWithin, type Scope } from "./scope.ts";
import type { Task } from "./task.ts";

/** A place where native code of a task waits for something of ours. A task may have several (`Promise.all`). */
export interface OpenWait {
  readonly _task: Task<unknown>;
  /** What it waits for. */
  readonly _waiter: Future<unknown> | null;
  readonly _scope: Scope | null;
  /** The wait is over for its task, though the future goes on: it rejects with a cancellation. */
  _abandon(message: unknown): void;
  /** Whether a cancellation of the task has ended it. */
  _endedBy: EndedBy;
}

/** What has ended a wait: nothing yet (or what it waits for), a request for cancellation, a cancelled cancel scope. */
export type EndedBy = typeof NOT_ENDED | typeof BY_REQUEST | typeof BY_SCOPE;
export const NOT_ENDED = 0;
export const BY_REQUEST = 1;
export const BY_SCOPE = 2;

/** The places where native code of a task waits. */
export function openWaits(task: Task<unknown>): readonly OpenWait[] {
  const { _waits: waits } = task;
  return waits === null ? [] : waits instanceof Set ? [...waits] : [waits];
}

/** Those that a request for `scope` may end. */
export function openWaitsWithin(task: Task<unknown>, scope: Scope | null): OpenWait[] {
  return openWaits(task).filter((wait) => isOpen(wait) && isWithin(wait._scope, scope));
}

/** Whether what it waits for can still be cancelled; else its step is due. */
export function isOpen(wait: OpenWait): boolean {
  const waiter = wait._waiter;
  return waiter !== null && !waiter._isNativeBody && !waiter.done();
}

/** Ends one of several waits: what is nobody else's is cancelled, what others may wait for goes on without this wait. */
export function endWait(wait: OpenWait, message: unknown, by: EndedBy): void {
  wait._endedBy = by;
  if (!wait._waiter!._private) return wait._abandon(message);
  wait._waiter!.cancel(message);
}

/** The loop shuts down: helpers that the task left behind are cancelled. */
export function cancelOrphans(task: Task<unknown>): void {
  for (const wait of openWaits(task)) {
    if (isOpen(wait)) endWait(wait, undefined, BY_REQUEST);
  }
}

/** The futures of others that a task waits for, in its own generator or in native code. */
export function waitsFor(task: Task<unknown>): Future<unknown>[] {
  const own = task._waiter;
  if (own !== null && !own._isNativeBody) return [own];
  return openWaits(task).flatMap(({ _waiter: waiter }) => (waiter === null || waiter._isNativeBody ? [] : [waiter]));
}

/** Whether a task waits for anything that the loop knows of, a turn included. */
export function isWaiting(task: Task<unknown>): boolean {
  return (
    task._waits !== null ||
    (task._rare !== null && task._rare.dueSteps > 0) ||
    (task._waiter !== null && !task._waiter._isNativeBody)
  );
}

/** Whether a timeout or a deadline will end what the task waits for. */
export function hasDeadline(task: Task<unknown>): boolean {
  const scopes = [task._scope, ...openWaits(task).map((wait) => wait._scope)];
  for (const scope of scopes)
    for (let at: Scope | null = scope; at !== null; at = at._outer) if (at._hasDeadline) return true;
  return false;
}
