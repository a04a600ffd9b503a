import { isCancelled, leavesLoop } from "../loop/errors.ts";
import { running } from "../loop/running.ts";
import { ambient } from "./ambient.ts";
import type { Driver } from "./driver.ts";
import { CANCELLED, FAILED, FINISHED, Future } from "./future.ts";
import { closeUnusedStep, openNativeStep } from "./native-step.ts";
import { NativeScope } from "./scope.ts";
import { iterated } from "./suspension.ts";
import type { Task } from "./task.ts";

/**
 * A promise of native code that a driver waits for, as a future. While it is pending, the waits that its code has open
 * are the task's; a cancellation goes to them.
 *
 * When the promise settles during the task's own open step, the driver goes on at once, in the same step, as Python's
 * would: awaiting a coroutine costs no iteration. When it settles outside (after a foreign await), the driver's next
 * step is queued.
 */
export class NativeBody extends Future<unknown> {
  private readonly task: Task<unknown>;

  constructor(task: Task<unknown>, promise: PromiseLike<unknown>) {
    super(task._loop);
    this.task = task;
    promise.then(
      (value) => this.settle(FINISHED, value),
      (error) => this.settle(FAILED, error),
    );
  }

  private settle(state: typeof FINISHED | typeof FAILED, value: unknown): void {
    this._value = value;
    this._state = state === FAILED && isCancelled(value) ? CANCELLED : state;
    const driver = this._callbacks as Driver | null;
    this._callbacks = null;
    if (driver === null) return this.settleUnawaited();
    if (this.task._stepIsOpen()) resumeNow(driver);
    else this._loop._enqueue(driver);
  }

  /** Its coroutine was iterated by mistake, so that nobody waits: an error of it would be lost. */
  private settleUnawaited(): void {
    if (this._state !== FAILED) return;
    this._loop.callExceptionHandler({
      message: "Exception in a coroutine that was iterated, not awaited",
      exception: this._value,
      task: this.task,
    });
  }

  /** Only a driver can wait for it. */
  override _awaitNatively(_resolve: unknown, reject: (error: unknown) => void): void {
    reject(iterated());
  }

  override _takeError(): unknown {
    return this._value;
  }

  override cancel(): boolean {
    return false;
  }

  override get _isNativeBody(): boolean {
    return true;
  }
}

/** Runs a driver's step from a microtask of its task's open step. */
export function resumeNow(driver: Driver): void {
  const { _loop: loop } = driver._task;
  const { loop: loopBefore, task, driver: driverBefore, context } = running;
  running.loop = loop;
  running.driver = null;
  try {
    driver._run();
  } catch (error) {
    if (!leavesLoop(error)) throw error;
    loop._interrupt(error);
  } finally {
    running.loop = loopBefore;
    running.task = task;
    running.driver = driverBefore;
    running.context = context;
  }
}

/**
 * Calls `start`, which may run native code of `driver`'s task, with the ambient frame set, and opens the task's native
 * step; unless it turns out that there is no native code whose end would have to be awaited.
 */
export function callNative<R>(driver: Driver, start: () => R): R {
  const task = driver._task;
  const place = new NativeScope(task, driver._scope);
  const wasOpen = task._stepIsOpen();
  let isNative = false;
  try {
    return ambient.run(place, () => {
      openNativeStep(task, place);
      const started = start();
      isNative = started instanceof NativeBody;
      return started;
    });
  } finally {
    if (!isNative && !wasOpen && task._stepIsOpen()) closeUnusedStep(task, place);
  }
}
