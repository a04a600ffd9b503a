import { toSeconds } from "../loop/delay.ts";
import { repr } from "../loop/repr.ts";
import {
  ALL_COMPLETED,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  type ReturnWhen,
  type WaitOptions,
} from "../structured/wait.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { OutsideFuture } from "../tasks/outside-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { type BlockingOptions, blockUntil, checkBlocking } from "./blocking.ts";
import type { Future } from "./future.ts";
import { isConcurrentFuture } from "./wrap-future.ts";

export interface DoneAndNotDone<F extends Future<unknown>> {
  readonly done: Set<F>;
  readonly notDone: Set<F>;
}

/**
 * Blocks this thread until futures, also of several executors, are done. Throws `RuntimeError` on a thread whose event
 * loop is running (use `waitAsync`, or insist with `allowBlocking`). concurrent.futures: `wait()`.
 */
export function wait<F extends Future<unknown>>(
  futures: Iterable<F>,
  options: WaitOptions & BlockingOptions = {},
): DoneAndNotDone<F> {
  const state = new Waiting(futures, options.returnWhen);
  const { timeout = null } = options;
  const deadline = timeout === null ? null : performance.now() + toSeconds(timeout) * 1000;
  try {
    if (!state.isEnough()) {
      checkBlocking("wait()", "await waitAsync()", options);
      blockUntil(
        () => state.isEnough(),
        deadline,
        () => deadline === null && !state.canBlock(),
      );
    }
  } finally {
    state.stop();
  }
  return state.split();
}

/** `wait()` for tasks of an event loop. Cancelling it leaves the jobs alone. */
export function waitAsync<F extends Future<unknown>>(
  futures: Iterable<F>,
  options: WaitOptions = {},
): Coroutine<DoneAndNotDone<F>> {
  return new FunctionCoroutine(waitDefinition, undefined, [futures, options]);
}

function* waitBody(futures: Iterable<Future<unknown>>, options: WaitOptions): CoroutineGenerator<unknown> {
  const loop = getRunningLoop();
  const state = new Waiting(futures, options.returnWhen);
  const { timeout = null } = options;
  const waiter = new OutsideFuture<void>(loop);
  const release = (): void => {
    if (!waiter.done() && !loop.isClosed()) waiter.setResult();
  };
  const timer = timeout === null ? null : loop.callLater(toSeconds(timeout), release);
  try {
    state.onEnough = release;
    if (!state.isEnough()) yield* waiter;
  } finally {
    timer?.cancel();
    state.stop();
  }
  return state.split();
}

const waitDefinition = define(waitBody as never, "waitAsync");

class Waiting<F extends Future<unknown>> {
  onEnough: (() => void) | null = null;
  private readonly futures: Set<F>;
  private readonly returnWhen: ReturnWhen;
  private readonly listeners: Map<F, () => void> = new Map();
  private left: number = 0;
  private enough: boolean = false;

  constructor(futures: Iterable<F>, returnWhen: ReturnWhen = ALL_COMPLETED) {
    if (returnWhen !== FIRST_COMPLETED && returnWhen !== FIRST_EXCEPTION && returnWhen !== ALL_COMPLETED) {
      throw new RangeError(`Invalid returnWhen value: ${String(returnWhen)}`);
    }
    this.futures = new Set(futures);
    this.returnWhen = returnWhen;
    for (const future of this.futures) {
      if (!isConcurrentFuture(future)) throw new TypeError(`futures of an executor are expected, got ${repr(future)}`);
    }
    for (const future of this.futures) {
      const onEnd = (): void => this.ended(future);
      if (future._addWaiter(onEnd)) {
        this.left++;
        this.listeners.set(future, onEnd);
      } else {
        this.judge(future);
      }
    }
  }

  private ended(future: F): void {
    this.left--;
    this.judge(future);
    if (this.isEnough()) this.onEnough?.();
  }

  private judge(future: F): void {
    if (this.returnWhen === FIRST_COMPLETED) this.enough = true;
    else if (this.returnWhen === FIRST_EXCEPTION && future._hasFailed) this.enough = true;
  }

  isEnough(): boolean {
    return this.enough || this.left === 0;
  }

  canBlock(): boolean {
    return [...this.futures].some((future) => !future.done() && future._job?._canBlock === true);
  }

  stop(): void {
    this.onEnough = null;
    for (const [future, listener] of this.listeners) future._removeWaiter(listener);
  }

  split(): DoneAndNotDone<F> {
    const done = new Set<F>();
    const notDone = new Set<F>();
    for (const future of this.futures) (future._isNotified ? done : notDone).add(future);
    return { done, notDone };
  }
}
