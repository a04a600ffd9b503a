import { captureFrame, frames, runInFrame } from "../host/frames.ts";
import { type Context, currentContext } from "../loop/context.ts";
import { isCancelled, leavesLoop, RuntimeError } from "../loop/errors.ts";
import { running } from "../loop/running.ts";
import {
  cancelledTurn,
  deliverWhatIsDue,
  joinScope,
  requestCancel,
  scopeCancelled,
  takeCancellation,
  withdrawAllPending,
  withdrawPending,
} from "./cancellation.ts";
import {
  type CoroutineLike,
  closeUnstarted,
  isCoroutineLike,
  notACoroutine,
  startCoroutineLike,
} from "./coroutine-like.ts";
import { handleYield } from "./driver.ts";
import type { EventLoop } from "./event-loop.ts";
import { CANCELLED, FINISHED, Future } from "./future.ts";
import { isCoroutine } from "./kinds.ts";
import { endNativeStep, leaveForeignAwait } from "./native-step.ts";
import { type OpenWait, waitsFor } from "./open-waits.ts";
import { type RareState, rareState } from "./rare-state.ts";
import { type CancelNode, isWithin, nextTask, type Scope } from "./scope.ts";
import { type CoroutineIterator, handover } from "./suspension.ts";
import { IN_EAGER_STEP, MUST_CANCEL, NOT_STARTED, THROW_NEXT } from "./task-flags.ts";
import { describeStack, reprParts, stackOf } from "./task-report.ts";

export interface TaskOptions {
  /** Shown in reports; default `Task-N`. */
  readonly name?: string;
  /** The context the task runs in, shared, not copied; default: a copy of the current one. */
  readonly context?: Context;
  /** Run the first step at once, inside `createTask`; needs a running loop. Default false. */
  readonly eagerStart?: boolean;
}

let lastNumber = 0;

/**
 * A coroutine that runs on its own. asyncio: `Task`.
 *
 * Three states, as in asyncio:
 *  - its step is queued: the loop's ready queue holds the task, `_waiter` is null or done;
 *  - it waits: `_waiter` is the pending future that will queue it, or (native code) `_waits` holds what it waits for;
 *  - it runs.
 * It is in the ready queue at most once. It is its own entry there, and its own callback on what it waits for.
 */
export class Task<T> extends Future<T> {
  /** @internal */ _context: Context;
  /** @internal */ _waiter: Future<unknown> | null;
  /** @internal */ _scope: Scope | null;
  /** Neighbours in the loop's list of pending tasks. @internal */
  _previous: Task<unknown> | null;
  /** @internal */ _next: Task<unknown> | null;
  /** @internal */ readonly _source: CoroutineLike<T>;
  private iterator: CoroutineIterator<T> | null;
  /** Why the next step, or the next wait, is not simply one: see task-flags.ts. @internal */
  _irregular: number;
  private frame: unknown;
  private name: string | number;
  /** @internal */ _cancelRequests: number;
  /** Native code: where it waits. @internal */
  _waits: OpenWait | Set<OpenWait> | null;
  /** @internal */ _rare: RareState | null;

  /** Use `createTask`. @internal */
  constructor(source: CoroutineLike<T>, loop: EventLoop, options: TaskOptions = {}) {
    super(loop);
    if (!isCoroutineLike(source)) throw notACoroutine(source);
    this._source = source;
    if (isCoroutine(source)) source._claim();
    this._context = options.context ?? currentContext().copy();
    this._waiter = null;
    this._scope = nextTask.root;
    this._previous = null;
    this._next = null;
    this.iterator = null;
    this._irregular = NOT_STARTED;
    this.frame = captureFrame();
    this.name = options.name === undefined ? ++lastNumber : String(options.name);
    this._cancelRequests = 0;
    this._waits = null;
    this._rare = null;
    loop._tasks.add(this);
    if (nextTask.root !== null) this.beginIn(nextTask.root);
    if (options.eagerStart === true && loop.isRunning()) this.startEagerly();
    else loop._enqueue(this);
  }

  /** @internal */
  get _task(): Task<unknown> {
    return this;
  }

  /** @internal */
  _ended(): boolean {
    return this._state !== 0;
  }

  /** @internal */
  override get _asTask(): Task<unknown> {
    return this;
  }

  // ---- stepping

  /** @internal */
  _run(): void {
    if (this.frame === null && !frames.inUse) this._step();
    else this.frame = runInFrame(this.frame, this);
  }

  /** @internal */
  _step(): void {
    running.task = this;
    running.context = this._context;
    const waiter = this._waiter;
    this._waiter = null;
    let result: IteratorResult<unknown, T>;
    try {
      result = this._irregular === 0 ? this.iterator!.next() : this.advanceIrregularly(waiter);
    } catch (error) {
      return this.end(error);
    }
    if (result.done === true) this.complete(result.value);
    else this.suspend(result.value);
  }

  private advanceIrregularly(waiter: Future<unknown> | null): IteratorResult<unknown, T> {
    const { _irregular: irregular } = this;
    const cancelled = takeCancellation(this, this._scope, waiter);
    if (cancelled !== null) {
      if ((irregular & NOT_STARTED) === 0) return this.iterator!.throw!(cancelled);
      this._irregular &= ~NOT_STARTED;
      closeUnstarted(this._source);
      throw cancelled;
    }
    if ((irregular & THROW_NEXT) !== 0) {
      this._irregular &= ~THROW_NEXT;
      const rare = rareState(this);
      const error = rare.thrown;
      rare.thrown = undefined;
      return this.iterator!.throw!(error);
    }
    if ((irregular & NOT_STARTED) !== 0) {
      this._irregular &= ~NOT_STARTED;
      this.iterator = startCoroutineLike(this, this._source);
    } else if (waiter === null) {
      const byScope = cancelledTurn(this, this._scope);
      if (byScope !== null) return this.iterator!.throw!(byScope);
    }
    return this.iterator!.next();
  }

  private suspend(value: unknown): void {
    if (value === undefined) {
      handover.offered = null;
      return this._loop._enqueue(this);
    }
    const future = value as Future<unknown>;
    if (handover.offered !== value || value === null || future === this || future._loop !== this._loop) {
      return handleYield(this, value);
    }
    handover.offered = null;
    this._waiter = future;
    future._addCallback(this);
    if (this._irregular !== 0 && !future._isNativeBody) deliverWhatIsDue(this);
  }

  private complete(value: T): void {
    if (this._loop._watch !== null && this._cancelRequests > 0) this._loop._watch.noteSwallowed(this, null);
    this.leave();
    if ((this._irregular & MUST_CANCEL) !== 0) {
      super.cancel(this._cancelMessage);
      return;
    }
    this._value = value;
    this._state = FINISHED;
    this._schedule();
  }

  private end(error: unknown): void {
    this.leave();
    handover.offered = null;
    if (isCancelled(error)) {
      this._value = error;
      // As in CPython: the error that ended the task is given out once, with its message; later ones are bare.
      this._cancelMessage = undefined;
      this._state = CANCELLED;
      this._schedule();
      return;
    }
    this._setFailed(error);
    if (leavesLoop(error)) throw error;
  }

  private leave(): void {
    this.iterator = null;
    this._waiter = null;
    this._loop._tasks.delete(this);
    leaveForeignAwait(this);
    if (this._waits !== null) this._loop._orphans.add(this);
    this._loop._watch?.forget(this);
    const { _rare: rare } = this;
    if (rare !== null && rare.cancelNodes !== null) for (const node of rare.cancelNodes) node._part(this);
  }

  private startEagerly(): void {
    const { loop, task, driver, context } = running;
    running.loop = this._loop;
    running.driver = null;
    this._irregular |= IN_EAGER_STEP;
    try {
      this._step();
    } finally {
      this._irregular &= ~IN_EAGER_STEP;
      running.loop = loop;
      running.task = task;
      running.driver = driver;
      running.context = context;
    }
  }

  /** @internal */
  _throwNext(error: unknown): void {
    this._irregular |= THROW_NEXT;
    rareState(this).thrown = error;
    this._loop._enqueue(this);
  }

  // ---- native code

  /** Whether a native step of the task is open. @internal */
  _stepIsOpen(): boolean {
    let step = this._loop._openStep as Task<unknown> | null;
    while (step !== null && step !== this) step = step._rare?.outerStep ?? null;
    return step !== null;
  }

  /** The microtasks of a native step are drained; so are those of the step that it began inside of. @internal */
  _endStep(): void {
    const outer = this._rare?.outerStep ?? null;
    if (outer !== null) this._rare!.outerStep = null;
    endNativeStep(this);
    outer?._endStep();
  }

  // ---- cancellation

  /**
   * Asks the task to stop: `CancelledError` is thrown at the place where it waits, or at its next one. `message` travels
   * with it. Returns false when the task is done already, else true. The task may refuse, see `uncancel`.
   */
  override cancel(message?: unknown): boolean {
    if (this._state !== 0) return super.cancel(message);
    this._requestCancel(message, null);
    return true;
  }

  /** The number of cancellations asked for and not withdrawn. */
  cancelling(): number {
    return this._cancelRequests;
  }

  /** Withdraws one request for cancellation; returns how many are left. At zero an undelivered one is dropped. */
  uncancel(): number {
    if (this._cancelRequests > 0) {
      this._cancelRequests--;
      if (this._cancelRequests === 0) {
        withdrawAllPending(this);
        this._rare?.renewSignal();
        this._loop._watch?.forget(this);
      }
    }
    return this._cancelRequests;
  }

  /** Whether a subclass has a `cancel` of its own, which a request must not go past. @internal */
  get _overridesCancel(): boolean {
    return this.cancel !== Task.prototype.cancel;
  }

  // ---- what scopes ask of their task

  /** Cancels what a scope contains; counts as `cancel` does. @internal */
  _requestCancel(message: unknown, scope: Scope | null): void {
    requestCancel(this, message, scope);
  }

  /** How many requests for cancellation concern `scope`: not those of timeouts and groups beside it. @internal */
  _cancellingWithin(scope: Scope | null): number {
    const requested = this._rare?.requestedBy;
    let count = isWithin(scope, null) ? this._cancelRequests - (requested?.size ?? 0) : 0;
    if (requested) for (const other of requested) if (isWithin(scope, other)) count++;
    return count;
  }

  /** Withdraws the request that `scope` made; returns how many others concern it. @internal */
  _uncancelScope(scope: Scope): number {
    this._rare?.requestedBy?.delete(scope);
    withdrawPending(this, scope);
    this.uncancel();
    return this._cancellingWithin(scope);
  }

  private beginIn(root: Scope): void {
    nextTask.root = null;
    root._cancelScope!._join(this);
  }

  /** @internal */
  _joinScope(node: CancelNode): void {
    joinScope(this, node);
  }

  /** A cancel scope that the task has a part in has been cancelled. What the task waits for inside ends. @internal */
  _scopeCancelled(node: CancelNode): void {
    scopeCancelled(this, node);
  }

  /** @internal */
  override _dependsOn(): readonly Future<unknown>[] {
    return this._state === 0 ? waitsFor(this) : [];
  }

  /**
   * A signal that is aborted when the task is cancelled, with the CancelledError as its reason; for `fetch` and the like.
   * Made when first asked for; a fresh one after `uncancel()` has withdrawn every request.
   */
  get signal(): AbortSignal {
    return rareState(this).signal(this._cancelRequests > 0);
  }

  // ---- the rest of asyncio's Task

  /** A task's result comes from its coroutine. Always throws `RuntimeError`. */
  override setResult(_value: never): never {
    throw new RuntimeError("Task does not support setResult operation");
  }

  /** Always throws `RuntimeError`. */
  override setException(_error: never): never {
    throw new RuntimeError("Task does not support setException operation");
  }

  getName(): string {
    if (typeof this.name === "number") this.name = `Task-${this.name}`;
    return this.name;
  }

  setName(name: unknown): void {
    this.name = String(name);
  }

  /** What the task was made of. */
  getCoro(): CoroutineLike<T> {
    return this._source;
  }

  /** The context the task runs in. */
  getContext(): Context {
    return this._context;
  }

  /**
   * Where the task waits, innermost frame first; with its error's frames when it has failed, none when it is done.
   * Frames are known in debug mode, where every wait records them; otherwise the place is unknown and the list is empty.
   */
  getStack(options: { readonly limit?: number } = {}): string[] {
    return stackOf(this, options.limit);
  }

  /** Prints the stack (see `getStack`) to standard error, or to `file`. */
  printStack(options: { readonly limit?: number; readonly file?: { write(text: string): unknown } } = {}): void {
    const text = describeStack(this, this.getStack(options));
    if (options.file === undefined) this._loop._warn(text);
    else options.file.write(`${text}\n`);
  }

  override get _kind(): string {
    return "Task";
  }

  /** @internal */
  override _reprInfo(): string[] {
    const [state, ...rest] = super._reprInfo();
    const cancelling = this._state === 0 && this._cancelRequests > 0 ? "cancelling" : state!;
    return [cancelling, ...reprParts(this), ...rest];
  }
}
