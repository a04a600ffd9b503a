// The ways in which a task is disturbed while it waits, and what must have become of it.

import {
  allTasks,
  CancelledError,
  type CancelScope,
  cancelScope,
  currentTask,
  ExceptionGroup,
  Future,
  isCancelled,
  sleep,
  type Task,
  type TaskGroup,
  type Timeout,
  TimeoutError,
  taskGroup,
  timeout,
} from "asyncio-ts";
import type { Kind, Script } from "./kinds.ts";

/** One attack on one task of one run. */
export interface Attack {
  /** What runs in the victim's place. */
  readonly script: Script<unknown>;
  /**
   * Called between two handles of the loop: first at the chosen moment, then after each handle that follows. Nothing
   * happens to those who are `spared`.
   */
  strike(victim: Task<unknown>, turn: number, spared: ReadonlySet<Task<unknown>>): void;
  /**
   * What is wrong with how the victim ended; null when nothing is. `mayFinish`: what has been done already may come
   * before the cancellation, so that the body returns all the same.
   */
  complaint(victim: Task<unknown>, mayFinish: boolean): string | null;
}
export type MakeAttack = (script: Script<unknown>, kind: Kind) => Attack;

export const attacks: Readonly<Record<string, MakeAttack>> = {
  cancel: (script) => cancelled(script, [0]),

  "cancel twice": (script) => cancelled(script, [0, 0]),

  "cancel, and again one handle later": (script) => cancelled(script, [0, 1]),

  "cancel, and again three handles later": (script) => cancelled(script, [0, 3]),

  /** Almost as at the end of `run`. */
  "cancel every task": (script) => ({
    ...cancelled(script, []),
    strike(victim, turn, spared) {
      if (turn !== 0) return;
      for (const task of allTasks(victim.getLoop())) if (!spared.has(task)) task.cancel();
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

  timeout: (script, kind) => inTimeout(script, kind, false),

  "timeout and cancel": (script, kind) => inTimeout(script, kind, true),

  "cancel of its group": (script, kind) => inGroup(script, kind, { fails: false, cancels: false }),

  "failure in its group": (script, kind) => inGroup(script, kind, { fails: true, cancels: false }),

  "failure in its group and cancel": (script, kind) => inGroup(script, kind, { fails: true, cancels: true }),

  "cancel of its scope": (script, kind) => inScope(script, kind, (scope) => scope.cancel("attack"), false),

  "deadline of its scope": (script, kind) =>
    inScope(
      script,
      kind,
      (scope, now) => {
        scope.deadline = now;
      },
      false,
    ),

  "cancel of its scope, then cancel": (script, kind) => inScope(script, kind, (scope) => scope.cancel(), true),

  /** Held back until the shield is left. */
  "cancel of a shielded task": (script, kind) => {
    let entered = false;
    let left = false;
    const body = kind(function* shielded() {
      entered = true;
      yield* script();
      left = true;
    });
    return {
      *script() {
        yield cancelScope(body, { shield: true });
        yield sleep(0);
      },
      strike(victim, turn) {
        if (turn === 0) victim.cancel("attack");
      },
      complaint(victim) {
        if (entered && !left) return "was disturbed behind its shield";
        return victim.cancelled() ? null : `was not cancelled, but ${describe(victim)}`;
      },
    };
  },
};

function cancelled(script: Script<unknown>, turns: readonly number[]): Attack {
  return {
    script,
    strike(victim, turn) {
      for (const at of turns) if (at === turn) victim.cancel("attack");
    },
    complaint: (victim) => (victim.cancelled() ? null : `was not cancelled, but ${describe(victim)}`),
  };
}

function inTimeout(script: Script<unknown>, kind: Kind, cancels: boolean): Attack {
  let scope: Timeout | null = null;
  let threw = false;
  let returned = false;
  const body = kind(function* timed(entered: Timeout) {
    scope = entered;
    yield* script();
    returned = true;
  });
  return {
    *script() {
      try {
        yield timeout(null, body);
      } catch (error) {
        if (!(error instanceof TimeoutError)) throw error;
        threw = true;
      }
      yield* cancels ? turns() : undisturbed();
    },
    strike(victim, turn) {
      if (turn !== 0) return;
      if (scope !== null && canExpire(scope)) scope.reschedule(victim.getLoop().time());
      if (cancels) victim.cancel("attack");
    },
    complaint(victim, mayFinish) {
      if (cancels) return victim.cancelled() ? null : `was not cancelled, but ${describe(victim)}`;
      const late = mayFinish && returned && !threw;
      if (scope !== null && scope.expired() !== threw && !late)
        return "a timeout expired without TimeoutError, or the reverse";
      return failure(victim);
    },
  };
}

function inGroup(
  script: Script<unknown>,
  kind: Kind,
  { fails, cancels }: { readonly fails: boolean; readonly cancels: boolean },
): Attack {
  const failed = new Error("a sibling failed");
  let group: TaskGroup | null = null;
  let failing: Future<never> | null = null;
  let over = false;
  let ended = false;
  let error: unknown = null;
  const sibling = kind(function* siblingScript() {
    yield failing!;
  });
  const body = kind(function* grouped(entered: TaskGroup) {
    failing = new Future<never>();
    const task = entered.createTask(sibling);
    group = entered;
    try {
      return yield* script();
    } finally {
      over = true;
      task.cancel();
    }
  });
  return {
    *script() {
      try {
        yield taskGroup(body);
      } catch (caught) {
        error = caught;
      }
      if (error !== null && !(error instanceof ExceptionGroup)) throw error;
      yield* cancels ? turns() : undisturbed();
    },
    strike(victim, turn) {
      if (turn !== 0) return;
      if (cancels) victim.cancel("attack");
      if (group === null || over) return;
      ended = true;
      if (!fails) return group.cancel();
      if (failing!.done()) return;
      failing!.setException(failed);
      failing!.exception(); // The sibling may never begin, and so never see it.
    },
    complaint(victim) {
      if (cancels) return victim.cancelled() ? null : `was not cancelled, but ${describe(victim)}`;
      if (!ended || !fails) return error === null ? failure(victim) : `the group threw ${String(error)}`;
      // The sibling may be cancelled by the body's end before it fails.
      const errors = error instanceof ExceptionGroup ? error.errors : [failed];
      return errors.length === 1 && errors[0] === failed ? failure(victim) : `the group threw ${String(error)}`;
    },
  };
}

function inScope(
  script: Script<unknown>,
  kind: Kind,
  end: (scope: CancelScope, now: number) => void,
  cancels: boolean,
): Attack {
  let scope: CancelScope | null = null;
  let returned = false;
  const body = kind(function* scoped(entered: CancelScope) {
    scope = entered;
    yield* script();
    returned = true;
  });
  return {
    *script() {
      yield cancelScope(body);
      yield* cancels ? turns() : undisturbed();
    },
    strike(victim, turn) {
      if (turn === 0 && scope !== null) end(scope, victim.getLoop().time());
      if (cancels && turn === (scope === null ? 0 : 1)) victim.cancel("attack");
    },
    complaint(victim) {
      if (cancels && victim.cancelling() > 0) {
        return victim.cancelled() ? null : `was not cancelled, but ${describe(victim)}`;
      }
      if (scope !== null && scope.cancelledCaught === returned) {
        return `cancelledCaught is ${scope.cancelledCaught}, and the body ${returned ? "returned" : "did not return"}`;
      }
      return failure(victim);
    },
  };
}

function* turns(): ReturnType<Script<void>> {
  yield sleep(0);
  yield sleep(0.001);
}

/** After a timeout or a group nothing of its cancellation may be left. */
function* undisturbed(): ReturnType<Script<void>> {
  const left = currentTask()!.cancelling();
  if (left !== 0) throw new Error(`cancelling() is ${left} after the scope has been left`);
  yield* turns();
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
