import { captureFrame, runInFrame, type Steppable } from "../host/frames.ts";
import { CancelledError, isCancelled } from "../loop/errors.ts";
import { repr } from "../loop/repr.ts";
import { running } from "../loop/running.ts";
import { cancelledTurn, takeCancellation } from "./cancellation.ts";
import type { Coroutine } from "./coroutine.ts";
import type { Driver } from "./driver.ts";
import { handleYield } from "./driver.ts";
import type { Future } from "./future.ts";
import { addDueStep, addWait, noteDelivered, openNativeStep, removeDueStep, removeWait } from "./native-step.ts";
import { BY_REQUEST, BY_SCOPE, type EndedBy, NOT_ENDED, type OpenWait } from "./open-waits.ts";
import type { NativeScope, Scope } from "./scope.ts";
import { type CoroutineIterator, handover } from "./suspension.ts";
import type { Task } from "./task.ts";

/**
 * Steps a generator coroutine that native code awaits: part of the native code's task, not a task of its own.
 * It starts at once, in the step that awaits it, and settles the awaiting promise when the generator ends.
 */
export class InlineDriver implements Driver, OpenWait, Steppable {
  readonly _task: Task<unknown>;
  _waiter: Future<unknown> | null;
  _scope: Scope | null;
  _endedBy: EndedBy;
  private readonly place: NativeScope;
  private iterator: CoroutineIterator<unknown> | null;
  private readonly coroutine: Coroutine<unknown>;
  private readonly resolve: (value: unknown) => void;
  private readonly reject: (error: unknown) => void;
  /** What the awaiting native code has in its AsyncLocalStorage, the generator has, too. */
  private frame: unknown;
  private ended: boolean;
  private due: boolean;
  private thrown: { readonly error: unknown } | null;

  constructor(
    place: NativeScope,
    coroutine: Coroutine<unknown>,
    resolve: (value: unknown) => void,
    reject: (error: unknown) => void,
  ) {
    this._task = place.task;
    this._waiter = null;
    this._scope = place.scope;
    this._endedBy = NOT_ENDED;
    this.place = place;
    this.iterator = null;
    this.coroutine = coroutine;
    this.resolve = resolve;
    this.reject = reject;
    this.frame = captureFrame();
    this.ended = false;
    this.due = false;
    this.thrown = null;
  }

  /** For reports: a step of the task. */
  _repr(): string {
    return repr(this._task);
  }

  _ended(): boolean {
    return this.ended;
  }

  _run(): void {
    this.frame = runInFrame(this.frame, this);
  }

  _step(): void {
    const task = this._task;
    const waiter = this._waiter;
    if (waiter !== null && !waiter._isNativeBody) removeWait(task, this);
    this._waiter = null;
    if (this.due) {
      this.due = false;
      removeDueStep(task);
    }
    const before = running.driver;
    running.task = task;
    running.driver = this;
    running.context = task._context;
    let result: IteratorResult<unknown, unknown>;
    try {
      result = this.advance(waiter);
    } catch (error) {
      handover.offered = null;
      return this.settle(() => {
        if (this._endedBy !== NOT_ENDED && isCancelled(error)) noteDelivered(task, error, this._endedBy);
        this.reject(error);
      });
    } finally {
      running.driver = before;
    }
    if (result.done === true) this.settle(() => this.resolve(result.value));
    else this.suspend(result.value);
  }

  private advance(waiter: Future<unknown> | null): IteratorResult<unknown, unknown> {
    if (this.iterator === null) {
      this.iterator = this.coroutine._start(this);
      return this.iterator.next();
    }
    const cancelled = takeCancellation(this._task, this._scope, waiter);
    if (cancelled !== null) {
      this._endedBy = BY_REQUEST;
      return this.iterator.throw!(cancelled);
    }
    if (this.thrown !== null) {
      const { error } = this.thrown;
      this.thrown = null;
      return this.iterator.throw!(error);
    }
    const byScope = waiter === null ? cancelledTurn(this._task, this._scope) : null;
    if (byScope !== null) {
      this._endedBy = BY_SCOPE;
      return this.iterator.throw!(byScope);
    }
    return this.iterator.next();
  }

  /** The awaiting native code goes on in microtasks: the task's step is open until they are done. */
  private settle(settlePromise: () => void): void {
    this.ended = true;
    openNativeStep(this._task, this.place);
    settlePromise();
  }

  private suspend(value: unknown): void {
    const task = this._task;
    const future = value as Future<unknown>;
    if (handover.offered !== value || value === null || future._loop !== task._loop || future === task) {
      if (value === undefined) this.noteDue();
      return handleYield(this, value);
    }
    handover.offered = null;
    this._waiter = future;
    this._endedBy = NOT_ENDED;
    future._addCallback(this);
    if (!future._isNativeBody) addWait(task, this);
  }

  /** The next step is queued, though nothing is waited for. */
  private noteDue(): void {
    this.due = true;
    addDueStep(this._task);
  }

  _throwNext(error: unknown): void {
    if (!this.due && this._waiter === null) this.noteDue();
    this.thrown = { error };
    this._task._loop._enqueue(this);
  }

  _abandon(message: unknown): void {
    const future = this._waiter;
    if (future === null || future.done()) return;
    future._removeCallback(this);
    this._throwNext(new CancelledError(message));
  }
}
