// The ways in which a task is disturbed while it waits, and what must have become of it.

import {
  allTasks,
  CancelledError,
  currentTask,
  ExceptionGroup,
  getRunningLoop,
  isCancelled,
  sleep,
  type Task,
  type TaskGroup,
  type Timeout,
  TimeoutError,
  taskGroup,
  timeout,
} from "asyncio-ts";
import { type Kind, of, type Script } from "./kinds.ts";

/** One attack on one task of one run. */
export interface Attack {
  /** What runs in the victim's place. */
  readonly script: Script<unknown>;
  /** Called between two handles of the loop: first at the chosen moment, then after each handle that follows. */
  strike(victim: Task<unknown>, turn: number): void;
  /** What is wrong with how the victim ended; null when nothing is. */
  complaint(victim: Task<unknown>): string | null;
}
export type MakeAttack = (script: Script<unknown>, kind: Kind) => Attack;

export const attacks = {
  cancel: (script) => cancelled(script, [0]),

  "cancel twice": (script) => cancelled(script, [0, 0]),

  "cancel, and again one handle later": (script) => cancelled(script, [0, 1]),

  "cancel, and again three handles later": (script) => cancelled(script, [0, 3]),

  /** As at the end of `run`. */
  "cancel every task": (script) => ({
    ...cancelled(script, []),
    strike(victim, turn) {
      if (turn === 0) for (const task of allTasks(victim.getLoop())) if (task.getName() !== "main") task.cancel();
    },
  }),

  /** A cancellation that has reached what the task waits for comes through, one that has not is dropped: as in asyncio. */
  "cancel and uncancel": (script) => ({
    script,
    strike(victim, turn) {
      if (turn !== 0) return;
      victim.cancel();
      victim.uncancel();
    },
    complaint: (victim) => (victim.cancelled() || victim.exception() === null ? null : `failed: ${victim.exception()}`),
  }),

  /** The task takes the cancellation as a request to begin anew. */
  "cancel, recover and run again": (script) => ({
    script: function* recovering() {
      try {
        return yield* script();
      } catch (error) {
        if (!isCancelled(error) || currentTask()!.uncancel() > 0) throw error;
      }
      yield sleep(0);
      return yield* script();
    },
    strike(victim, turn) {
      if (turn === 0) victim.cancel();
    },
    // Cancelled before its first step it never runs.
    complaint: (victim) => (victim.cancelled() && victim.cancelling() > 0 ? null : failure(victim)),
  }),

  timeout(script, kind) {
    let scope: Timeout | null = null;
    let threw = false;
    const body = kind(function* inTimeout(entered: Timeout) {
      scope = entered;
      return yield* script();
    });
    return {
      *script() {
        try {
          yield timeout(null, body);
        } catch (error) {
          if (!(error instanceof TimeoutError)) throw error;
          threw = true;
        }
        yield* undisturbed();
      },
      strike(victim, turn) {
        if (turn === 0 && scope !== null && canExpire(scope)) scope.reschedule(victim.getLoop().time());
      },
      complaint(victim) {
        if (scope !== null && scope.expired() !== threw)
          return "a timeout expired without TimeoutError, or the reverse";
        return failure(victim);
      },
    };
  },

  "cancel of its group": (script, kind) => inGroup(script, kind, (group) => group.cancel(), null),

  "failure in its group": (script, kind) => {
    const failed = new Error("a sibling failed");
    return inGroup(script, kind, (_group, fail) => fail(failed), failed);
  },
} satisfies Record<string, MakeAttack>;

function cancelled(script: Script<unknown>, turns: readonly number[]): Attack {
  return {
    script,
    strike(victim, turn) {
      for (const at of turns) if (at === turn) victim.cancel("attack");
    },
    complaint: (victim) => (victim.cancelled() ? null : `was not cancelled, but ${describe(victim)}`),
  };
}

function inGroup(
  script: Script<unknown>,
  kind: Kind,
  end: (group: TaskGroup, fail: (error: Error) => void) => void,
  expected: Error | null,
): Attack {
  let group: TaskGroup | null = null;
  let over = false;
  let ended = false;
  let error: unknown = null;
  const body = kind(function* inBody(entered: TaskGroup) {
    const failing = getRunningLoop().createFuture<never>();
    fail = (reason) => {
      if (failing.done()) return;
      failing.setException(reason);
      failing.exception(); // The sibling may never begin, and so never see it.
    };
    const sibling = entered.createTask(
      kind(function* siblingScript() {
        yield failing;
      }),
    );
    group = entered;
    try {
      return yield* script();
    } finally {
      over = true;
      sibling.cancel();
    }
  });
  let fail: (error: Error) => void = () => {};
  return {
    *script() {
      try {
        yield taskGroup(body);
      } catch (caught) {
        error = caught;
      }
      if (error !== null && !(error instanceof ExceptionGroup)) throw error;
      yield* undisturbed();
    },
    strike(_victim, turn) {
      if (turn !== 0 || group === null || over) return;
      ended = true;
      end(group, fail);
    },
    complaint(victim) {
      if (!ended || expected === null) return error === null ? failure(victim) : `the group threw ${String(error)}`;
      // The sibling may be cancelled by the body's end before it fails.
      const errors = error instanceof ExceptionGroup ? error.errors : [expected];
      return errors.length === 1 && errors[0] === expected ? failure(victim) : `the group threw ${String(error)}`;
    },
  };
}

/** After a timeout or a group nothing of its cancellation may be left. */
function* undisturbed(): ReturnType<Script<void>> {
  const left = currentTask()!.cancelling();
  if (left !== 0) throw new Error(`cancelling() is ${left} after the scope has been left`);
  yield sleep(0);
  yield* of(sleep(0.001));
}

function canExpire(scope: Timeout): boolean {
  return !scope.expired() && scope.toString().includes("[active]");
}

function failure(victim: Task<unknown>): string | null {
  if (victim.cancelled()) return "was cancelled";
  const error = victim.exception();
  return error === null ? null : `failed: ${describeError(error)}`;
}

export function describe(task: Task<unknown>): string {
  if (!task.done()) return "is pending";
  if (task.cancelled()) return "was cancelled";
  const error = task.exception();
  return error === null ? "returned" : `failed: ${describeError(error)}`;
}

function describeError(error: unknown): string {
  if (error instanceof CancelledError) return "CancelledError";
  return error instanceof Error ? (error.stack ?? String(error)) : String(error);
}
