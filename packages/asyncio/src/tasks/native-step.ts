import type { CancelledError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { running } from "../loop/running.ts";
import { ambient } from "./ambient.ts";
import { deliverWhatIsDue, postponeCancellation } from "./cancellation.ts";
import { BY_REQUEST, type EndedBy, isWaiting, type OpenWait, openWaits } from "./open-waits.ts";
import { rareState } from "./rare-state.ts";
import type { NativeScope } from "./scope.ts";
import type { Task } from "./task.ts";
import { IN_EAGER_STEP } from "./task-flags.ts";

/*
 * The steps of native code: one begins when the task's code is about to run, and ends when the microtasks are drained.
 * Only then is known where the code waits: at waits of ours (it has several when helpers run beside each other), at
 * turns that are due, or, with none of these, at a promise that is not ours: a *foreign await*.
 *
 * Steps may be nested: an eager task starts inside its maker's. The loop knows the innermost, each one the one around it.
 */

/** Native code of a task is about to run; until the microtasks are drained no other handle may. */
export function openNativeStep(task: Task<unknown>, place: NativeScope): void {
  const { _loop: loop } = task;
  if ((running.loop !== null || loop._openStep !== null) && !task._stepIsOpen()) {
    // Another task's step may be open: an eager task starts inside its maker's, and both end together.
    if (loop._openStep !== null) rareState(task).outerStep = loop._openStep as Task<unknown>;
    loop._openStep = task;
  }
  leaveForeignAwait(task);
  ambient.guess?.enter(place, !task._stepIsOpen());
  if (ambient.guess !== null) rareState(task).place = place;
}

/**
 * No native code of the task has run in the step that was just opened, as far as can be known. In an eager step that
 * matters: its maker goes on, and what it does to the task then must not wait for the microtasks.
 */
export function closeUnusedStep(task: Task<unknown>, place: NativeScope): void {
  if ((task._irregular & IN_EAGER_STEP) === 0) return;
  const { _loop: loop, _rare: rare } = task;
  const outer = rare?.outerStep ?? null;
  if (loop._openStep === task) loop._openStep = outer;
  else {
    // The step of an eager task was opened inside it, and goes on.
    let inner = loop._openStep as Task<unknown>;
    while (inner._rare!.outerStep !== task) inner = inner._rare!.outerStep!;
    inner._rare!.outerStep = outer;
  }
  if (outer !== null) rare!.outerStep = null;
  ambient.guess?.leave(place);
}

/** The microtasks of a native step are drained: what the task waits for now is known. */
export function endNativeStep(task: Task<unknown>): void {
  if (task._rare?.place) ambient.guess?.leave(task._rare.place);
  if (task.done()) return;
  if (task._irregular !== 0) deliverWhatIsDue(task);
  const rare = task._rare;
  if (isWaiting(task)) {
    if (rare !== null) rare.delivered = null;
    return;
  }
  if (task._waiter === null || !task._waiter._isNativeBody) return; // Its next step is queued.
  beginForeignAwait(task);
}

/** Native code of a task has been given a CancelledError: by a request, or by the state of a cancel scope. */
export function noteDelivered(task: Task<unknown>, error: CancelledError, by: EndedBy): void {
  task._loop._noteCancelledIn(error, task);
  if (by === BY_REQUEST) rareState(task).delivered = error;
}

// ---- where it waits

export function addWait(task: Task<unknown>, wait: OpenWait): void {
  const { _waits: waits } = task;
  if (waits === null) task._waits = wait;
  else if (waits instanceof Set) waits.add(wait);
  else task._waits = new Set([waits, wait]);
  leaveForeignAwait(task);
  // After a foreign await, and in a generator that native code awaits, no step is open whose end would deliver.
  if (task._irregular !== 0 && !task._stepIsOpen()) deliverWhatIsDue(task);
  if (task._loop.getDebug()) reportSeveralWaits(task);
}

export function removeWait(task: Task<unknown>, wait: OpenWait): void {
  const { _waits: waits } = task;
  if (waits === wait) task._waits = null;
  else if (waits instanceof Set) {
    waits.delete(wait);
    if (waits.size === 0) task._waits = null;
  }
  if (task._waits === null && task._state !== 0) task._loop._orphans.delete(task);
}

/** Native code has awaited a bare turn: a step of the task is queued that no wait stands for. */
export function addDueStep(task: Task<unknown>): void {
  rareState(task).dueSteps++;
  leaveForeignAwait(task);
}

export function removeDueStep(task: Task<unknown>): void {
  rareState(task).dueSteps--;
}

function reportSeveralWaits(task: Task<unknown>): void {
  const rare = rareState(task);
  if (rare.severalWaitsReported || openWaits(task).length < 2) return;
  rare.severalWaitsReported = true;
  task._loop._warn(
    `${repr(task)} waits in several places at once (Promise.all or race, or a helper that is not awaited); ` +
      "gather() or a task group cancel them properly",
  );
}

// ---- foreign awaits

function beginForeignAwait(task: Task<unknown>): void {
  const rare = rareState(task);
  if (!rare.foreign) task._loop._foreignAwaits++;
  rare.foreign = true;
  if (rare.place !== null) ambient.guess?.waitOutside(rare.place);
  // A wait that a race had left behind took the cancellation: it is still owed to the code that waits elsewhere.
  if (rare.delivered !== null) postponeCancellation(task, rare.delivered);
  rare.delivered = null;
}

export function leaveForeignAwait(task: Task<unknown>): void {
  const { _rare: rare } = task;
  if (rare === null || !rare.foreign) return;
  rare.foreign = false;
  task._loop._foreignAwaits--;
  task._loop._nudge();
  if (rare.place !== null) ambient.guess?.forget(rare.place);
}

/** Whether native code of a task waits for a promise that is not ours, and nothing else. */
export function inForeignAwait(task: Task<unknown>): boolean {
  return task._rare?.foreign ?? false;
}
