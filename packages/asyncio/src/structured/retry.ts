import { type Delay, toSeconds } from "../loop/delay.ts";
import { isCancelled, leavesLoop, RuntimeError } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { driverHere } from "../tasks/ambient.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { Backoff, type BackoffOptions } from "./backoff.ts";
import { callBody } from "./call-body.ts";
import { keepEarlier } from "./error-context.ts";
import { ExceptionGroup } from "./exception-group.ts";
import { sleep } from "./sleep.ts";

export interface RetryOptions extends Omit<BackoffOptions, "delay"> {
  /** How often to try at most, the first time included; default 3. An integer ≥ 1, or `Infinity`. */
  readonly attempts?: number;
  /** The first pause, default 0.1 s; or a function that gives the whole pause (no factor, limit or jitter). */
  readonly delay?: Delay | ((error: unknown, attempt: number) => Delay);
  /** Whether to try again after this error of the attempt with this number (from 1); default: always. */
  readonly retryIf?: (error: unknown, attempt: number) => boolean;
  /** Told of every attempt that is going to be repeated, and after how many seconds. */
  readonly onRetry?: (error: unknown, info: { readonly attempt: number; readonly delay: number }) => void;
}

/** All attempts of a `retry` have failed: `errors` has the error of each, `cause` is the last. */
export class RetryError extends ExceptionGroup {
  static {
    this.prototype.name = "RetryError";
  }
}

/**
 * Calls `fn(attempt)` until it succeeds, with growing pauses between the attempts, and gives its result. Runs in the
 * calling task. When all attempts have failed it throws a `RetryError`, an `ExceptionGroup` of all their errors.
 *
 * An error that `retryIf` refuses is thrown as it is. A cancellation is never retried, whether it comes during an attempt
 * or a pause. A callback that throws ends the retrying with its error; the attempt's
 * stands in the chain of its causes. To limit the
 * time, put a `timeout` around an attempt, or around the whole. Throws `RangeError` for bad options.
 * asyncio has no counterpart; Python: tenacity, stamina.
 */
export function retry<T>(fn: (attempt: number) => Body<T>, options: RetryOptions = {}): Coroutine<T> {
  if (typeof fn !== "function") throw new TypeError("retry(fn, options) takes a function, which it can call again");
  return new FunctionCoroutine<T>(retryDefinition, undefined, [fn, new Policy(options)]);
}

function* retryBody<T>(fn: (attempt: number) => Body<T>, policy: Policy): CoroutineGenerator<T> {
  const driver = driverHere();
  if (driver === null) throw new RuntimeError("retry() should be used inside a task");
  for (let attempt = 1; ; attempt++) {
    let pause: number;
    try {
      return yield* callBody(fn, undefined, attempt);
    } catch (error) {
      if (isCancelled(error) || leavesLoop(error)) throw error;
      pause = policy.pauseAfter(error, attempt, driver._task._loop);
    }
    yield* sleep(pause);
  }
}

const retryDefinition = define(retryBody as never, "retry");

class Policy {
  private readonly options: RetryOptions;
  private readonly attempts: number;
  private readonly backoff: Backoff;
  private readonly errors: unknown[] = [];

  constructor(options: RetryOptions) {
    const { attempts = 3, delay, ...rest } = options;
    if (attempts !== Infinity && !(Number.isInteger(attempts) && attempts >= 1)) {
      throw new RangeError(`attempts must be an integer >= 1 or Infinity, got ${repr(attempts)}`);
    }
    this.options = options;
    this.attempts = attempts;
    this.backoff = new Backoff(delay === undefined || typeof delay === "function" ? rest : { ...rest, delay }, 0.1);
  }

  /** The seconds before the next attempt. Throws what the retrying ends with, when there is to be none. */
  pauseAfter(error: unknown, attempt: number, loop: EventLoop): number {
    const { delay, retryIf, onRetry } = this.options;
    if (this.attempts < Infinity) this.errors.push(error); // Whoever never gives up needs no list, ever longer.
    try {
      if (retryIf?.(error, attempt) === false) throw error;
      if (attempt < this.attempts) {
        const pause =
          typeof delay === "function" ? toSeconds(delay(error, attempt)) : this.backoff.pause(attempt, loop);
        onRetry?.(error, { attempt, delay: pause });
        return pause;
      }
    } catch (thrown) {
      keepEarlier(thrown, error);
      throw thrown;
    }
    const times = attempt === 1 ? "1 attempt" : `${attempt} attempts`;
    throw new RetryError(`gave up after ${times}; the last error: ${String(error)}`, this.errors, { cause: error });
  }
}
