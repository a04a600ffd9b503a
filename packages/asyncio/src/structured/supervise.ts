import { type Delay, toSeconds } from "../loop/delay.ts";
import { RuntimeError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { driverHere } from "../tasks/ambient.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { Backoff, type BackoffOptions } from "./backoff.ts";
import { type ChildFailure, type SuperviseStrategy, Supervisor, type SupervisorPolicy } from "./supervisor.ts";

export interface SuperviseOptions {
  /** Default `"one-for-one"`. */
  readonly strategy?: SuperviseStrategy;
  /** More restarts than this `within` the given time end it all; default 3. 0: the first failure does. */
  readonly maxRestarts?: number;
  /** Default 5 s. */
  readonly within?: Delay;
  /** Pauses before restarts; default: none. They begin anew when a child has run for as long as `within`. */
  readonly backoff?: BackoffOptions;
  /** Told of every failure of a child, but the one that is too many; default: the loop's exception handler is. */
  readonly onFailure?: (failure: ChildFailure) => void;
}

/**
 * Runs `body` with a supervisor whose children are restarted when they fail (see `Supervisor.start`), and ends when the
 * body has returned and no child is left. Children never outlive it: however it ends, they are stopped one after the
 * other, in the reverse order of their start, and have cleaned up.
 *
 * After more than `maxRestarts` restarts `within` the time it stops everything and throws an `ExceptionGroup` of the
 * failures that were too many. All other failures of children, those of clean-ups included, are told to `onFailure`. An
 * error of the body stops everything, too, and is thrown in an `ExceptionGroup`. So does cancelling it. Must run in a task. OTP: `supervisor`; asyncio has no counterpart.
 */
export function supervise(
  body: (supervisor: Supervisor) => Body<unknown>,
  options: SuperviseOptions = {},
): Coroutine<void> {
  if (typeof body !== "function") throw new TypeError("supervise(body) takes a function");
  return new FunctionCoroutine<void>(superviseDefinition, undefined, [body, policyOf(options)]);
}

function policyOf(options: SuperviseOptions): SupervisorPolicy {
  const { strategy = "one-for-one", maxRestarts = 3, within = 5, backoff, onFailure = null } = options;
  if (strategy !== "one-for-one" && strategy !== "one-for-all" && strategy !== "rest-for-one") {
    throw new RangeError(`strategy must be "one-for-one", "one-for-all" or "rest-for-one", got ${repr(strategy)}`);
  }
  if (maxRestarts !== Infinity && !(Number.isInteger(maxRestarts) && maxRestarts >= 0)) {
    throw new RangeError(`maxRestarts must be an integer >= 0 or Infinity, got ${repr(maxRestarts)}`);
  }
  const seconds = toSeconds(within);
  if (!(seconds > 0)) throw new RangeError(`within must be positive, got ${repr(within)}`);
  return {
    strategy,
    maxRestarts,
    within: seconds,
    backoff: backoff === undefined ? null : new Backoff(backoff, 0.1),
    onFailure,
  };
}

function* superviseBody(
  body: (supervisor: Supervisor) => Body<unknown>,
  policy: SupervisorPolicy,
): CoroutineGenerator<void> {
  const driver = driverHere();
  if (driver === null) throw new RuntimeError("supervise() should be used inside a task");
  yield* Supervisor._make(driver._task._loop, policy)._run(body);
}

const superviseDefinition = define(superviseBody as never, "supervise");
