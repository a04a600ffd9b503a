import { captureFrame, frames, runInFrame } from "../host/frames.ts";
import type { Context } from "../loop/context.ts";
import { currentContext } from "../loop/context.ts";
import { type CancelledError, isCancelled, leavesLoop, makeCancelledError, RuntimeError } from "../loop/errors.ts";
import { takePlace } from "../loop/first-places.ts";
import { functionLabel, repr } from "../loop/repr.ts";
import { running } from "../loop/running.ts";
import { placeOf } from "../loop/stack.ts";
import { ambient } from "./ambient.ts";
import type { Body } from "./body.ts";
import { startBody } from "./body.ts";
import { CLAIMED, type Coroutine, CREATED } from "./coroutine.ts";
import { handleYield } from "./driver.ts";
import type { EventLoop } from "./event-loop.ts";
import { CANCELLED, FAILED, FINISHED, Future } from "./future.ts";
import { isCoroutine, isGenerator, isThenable } from "./kinds.ts";
import { BY_REQUEST, BY_SCOPE, type EndedBy, NOT_ENDED, type OpenWait } from "./native-wait.ts";
import { RareState } from "./rare-state.ts";
import { type CancelNode, cancelledAround, isWithin, type NativeScope, nextTask, type Scope } from "./scope.ts";
import { type CoroutineGenerator, type CoroutineIterator, handover } from "./suspension.ts";
import { awaitedAt, madeAt } from "./wanted-places.ts";

/** What `createTask`, `run`, `timeout`, `waitFor` … take: something that has not started. */
export type CoroutineLike<T> = Coroutine<T> | CoroutineGenerator<T> | (() => Body<T>);

export interface TaskOptions {
  /** Shown in reports; default `Task-N`. */
  readonly name?: string;
  /** The context the task runs in, shared, not copied; default: a copy of the current one. */
  readonly context?: Context;
  /** Run the first step at once, inside `createTask`; needs a running loop. Default false. */
  readonly eagerStart?: boolean;
}

/** Why the next step is not simply `iterator.next()`. */
const NOT_STARTED = 1;
const MUST_CANCEL = 2;
const THROW_NEXT = 4;
/** The task has a part in a cancelled cancel scope: each of its waits is looked at. */
const IN_CANCELLED = 8;
/** A request for cancellation is being passed on from the task to what it waits for. */
const PASSING_ON = 16;
/** Its first step runs inside `createTask`: whoever made it goes on after it. */
const IN_EAGER_STEP = 32;

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
  private readonly source: CoroutineLike<T>;
  private iterator: CoroutineIterator<T> | null;
  private irregular: number;
  private frame: unknown;
  private name: string | number;
  private cancelRequests: number;
  /** Native code: where it waits. */
  private waits: OpenWait | Set<OpenWait> | null;
  private rare: RareState | null;

  /** Use `createTask`. @internal */
  constructor(source: CoroutineLike<T>, loop: EventLoop, options: TaskOptions = {}) {
    super(loop);
    if (!isCoroutineLike(source)) throw notACoroutine(source);
    this.source = source;
    if (isCoroutine(source)) source._claim();
    this._context = options.context ?? currentContext().copy();
    this._waiter = null;
    this._scope = nextTask.root;
    this._previous = null;
    this._next = null;
    this.iterator = null;
    this.irregular = NOT_STARTED;
    this.frame = captureFrame();
    this.name = options.name === undefined ? ++lastNumber : String(options.name);
    this.cancelRequests = 0;
    this.waits = null;
    this.rare = null;
    loop._tasks.add(this as Task<unknown>);
    if (nextTask.root !== null) this.beginIn(nextTask.root);
    if (options.eagerStart === true && loop.isRunning()) this.startEagerly();
    else loop._enqueue(this);
  }

  /** @internal */
  get _task(): Task<unknown> {
    return this as Task<unknown>;
  }

  /** @internal */
  _ended(): boolean {
    return this._state !== 0;
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
      result = this.irregular === 0 ? this.iterator!.next() : this.advanceIrregularly(waiter);
    } catch (error) {
      return this.end(error);
    }
    if (result.done === true) this.complete(result.value);
    else this.suspend(result.value);
  }

  private advanceIrregularly(waiter: Future<unknown> | null): IteratorResult<unknown, T> {
    const { irregular } = this;
    const cancelled = this._takeCancellation(this._scope, waiter);
    if (cancelled !== null) {
      if ((irregular & NOT_STARTED) === 0) return this.iterator!.throw!(cancelled);
      this.irregular &= ~NOT_STARTED;
      closeUnstarted(this.source);
      throw cancelled;
    }
    if ((irregular & THROW_NEXT) !== 0) {
      this.irregular &= ~THROW_NEXT;
      const rare = this.rareState();
      const error = rare.thrown;
      rare.thrown = undefined;
      return this.iterator!.throw!(error);
    }
    if ((irregular & NOT_STARTED) !== 0) {
      this.irregular &= ~NOT_STARTED;
      this.iterator = this.start();
    } else if (waiter === null) {
      const byScope = this._cancelledTurn(this._scope);
      if (byScope !== null) return this.iterator!.throw!(byScope);
    }
    return this.iterator!.next();
  }

  private start(): CoroutineIterator<T> {
    const { source } = this;
    if (isCoroutine(source)) return source._start(this) as CoroutineIterator<T>;
    if (typeof source === "function")
      return startBody(this, source as () => unknown, undefined, []) as CoroutineIterator<T>;
    return source as unknown as CoroutineIterator<T>;
  }

  private suspend(value: unknown): void {
    if (value === undefined) {
      handover.offered = null;
      return this._loop._enqueue(this);
    }
    const future = value as Future<unknown>;
    if (
      handover.offered !== value ||
      value === null ||
      future === (this as Future<unknown>) ||
      future._loop !== this._loop
    ) {
      return handleYield(this, value);
    }
    handover.offered = null;
    this._waiter = future;
    future._addCallback(this);
    if (this.irregular !== 0 && !future._isNativeBody) this.deliverWhatIsDue();
  }

  private complete(value: T): void {
    if (this._loop._watch !== null && this.cancelRequests > 0)
      this._loop._watch.noteSwallowed(this as Task<unknown>, null);
    this.leave();
    if ((this.irregular & MUST_CANCEL) !== 0) {
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
    this._loop._tasks.delete(this as Task<unknown>);
    this.leaveForeignAwait();
    if (this.waits !== null) this._loop._orphans.add(this as Task<unknown>);
    this._loop._watch?.forget(this as Task<unknown>);
    const { rare } = this;
    if (rare !== null && rare.cancelNodes !== null)
      for (const node of rare.cancelNodes) node._part(this as Task<unknown>);
  }

  private startEagerly(): void {
    const { task, driver, context } = running;
    const { loop } = running;
    running.loop = this._loop;
    running.driver = null;
    this.irregular |= IN_EAGER_STEP;
    try {
      this._step();
    } finally {
      this.irregular &= ~IN_EAGER_STEP;
      running.loop = loop;
      running.task = task;
      running.driver = driver;
      running.context = context;
    }
  }

  /** @internal */
  _throwNext(error: unknown): void {
    this.irregular |= THROW_NEXT;
    this.rareState().thrown = error;
    this._loop._enqueue(this);
  }

  // ---- native code

  /** Native code of the task is about to run; until the microtasks are drained no other handle may. @internal */
  _openNativeStep(place: NativeScope): void {
    const { _loop: loop } = this;
    if ((running.loop !== null || loop._openStep !== null) && !this._stepIsOpen()) {
      // Another task's step may be open: an eager task starts inside its maker's, and both end together.
      if (loop._openStep !== null) this.rareState().outerStep = loop._openStep as Task<unknown>;
      loop._openStep = this;
    }
    this.leaveForeignAwait();
    ambient.guess?.enter(place, !this._stepIsOpen());
    if (ambient.guess !== null) this.rareState().place = place;
  }

  /**
   * No native code of the task has run in the step that was just opened, as far as can be known. In an eager step that
   * matters: its maker goes on, and what it does to the task then must not wait for the microtasks. @internal
   */
  _closeUnusedStep(place: NativeScope): void {
    if ((this.irregular & IN_EAGER_STEP) === 0) return;
    const { _loop: loop, rare } = this;
    const outer = rare?.outerStep ?? null;
    if (loop._openStep === this) loop._openStep = outer;
    else {
      // The step of an eager task was opened inside it, and goes on.
      let inner = loop._openStep as Task<unknown>;
      while (inner.rare!.outerStep !== this) inner = inner.rare!.outerStep!;
      inner.rare!.outerStep = outer;
    }
    if (outer !== null) rare!.outerStep = null;
    ambient.guess?.leave(place);
  }

  /** Whether a native step of the task is open. @internal */
  _stepIsOpen(): boolean {
    let step = this._loop._openStep as Task<unknown> | null;
    while (step !== null && step !== (this as Task<unknown>)) step = step.rare?.outerStep ?? null;
    return step !== null;
  }

  /** The microtasks of a native step are drained; so are those of the step that it began inside of. @internal */
  _endStep(): void {
    const outer = this.rare?.outerStep ?? null;
    if (outer !== null) this.rare!.outerStep = null;
    this.endOwnStep();
    outer?._endStep();
  }

  private endOwnStep(): void {
    if (this.rare?.place) ambient.guess?.leave(this.rare.place);
    if (this.done()) return;
    if (this.irregular !== 0) this.deliverWhatIsDue();
    const rare = this.rare;
    if (this.isWaiting()) {
      if (rare !== null) rare.delivered = null;
      return;
    }
    if (this._waiter === null || !this._waiter._isNativeBody) return; // Its next step is queued.
    const foreign = this.rareState();
    foreign.foreign = true;
    if (foreign.place !== null) ambient.guess?.waitOutside(foreign.place);
    // A wait that a race had left behind took the cancellation: it is still owed to the code that waits elsewhere.
    if (foreign.delivered !== null) this.noteCancellation(foreign.delivered.reason, null);
    foreign.delivered = null;
  }

  /** @internal */
  _addWait(wait: OpenWait): void {
    const { waits } = this;
    if (waits === null) this.waits = wait;
    else if (waits instanceof Set) waits.add(wait);
    else this.waits = new Set([waits, wait]);
    this.leaveForeignAwait();
    // After a foreign await, and in a generator that native code awaits, no step is open whose end would deliver.
    if (this.irregular !== 0 && !this._stepIsOpen()) this.deliverWhatIsDue();
    if (this._loop.getDebug()) this.reportSeveralWaits();
  }

  /** Native code has awaited a bare turn: a step of the task is queued that no wait stands for. @internal */
  _addDueStep(): void {
    const rare = this.rareState();
    rare.dueSteps++;
    this.leaveForeignAwait();
  }

  /** @internal */
  _removeDueStep(): void {
    this.rareState().dueSteps--;
  }

  /** The loop shuts down: helpers that the task left behind are cancelled. @internal */
  _cancelOrphans(): void {
    for (const wait of this._openWaits()) {
      if (isOpen(wait)) endWait(wait, undefined, BY_REQUEST);
    }
  }

  /** @internal */
  _removeWait(wait: OpenWait): void {
    const { waits } = this;
    if (waits === wait) this.waits = null;
    else if (waits instanceof Set) {
      waits.delete(wait);
      if (waits.size === 0) this.waits = null;
    }
    if (this.waits === null && this._state !== 0) this._loop._orphans.delete(this as Task<unknown>);
  }

  /** Native code has been given a CancelledError: by a request, or by the state of a cancel scope. @internal */
  _noteDelivered(error: CancelledError, by: EndedBy): void {
    this._loop._noteCancelledIn(error, this as Task<unknown>);
    if (by === BY_REQUEST) this.rareState().delivered = error;
  }

  private leaveForeignAwait(): void {
    const { rare } = this;
    if (rare === null || !rare.foreign) return;
    rare.foreign = false;
    this._loop._nudge();
    if (rare.place !== null) ambient.guess?.forget(rare.place);
  }

  /** Whether native code of the task waits for a promise that is not ours, and nothing else. @internal */
  get _inForeignAwait(): boolean {
    return this.rare?.foreign ?? false;
  }

  /** How many requests for cancellation concern `scope`: not those of timeouts and groups beside it. @internal */
  _cancellingWithin(scope: Scope): number {
    const requested = this.rare?.requestedBy;
    let count = isWithin(scope, null) ? this.cancelRequests - (requested?.size ?? 0) : 0;
    if (requested) for (const other of requested) if (isWithin(scope, other)) count++;
    return count;
  }

  /** Withdraws the request that `scope` made; returns how many others concern it. @internal */
  _uncancelScope(scope: Scope): number {
    this.rare?.requestedBy?.delete(scope);
    this.uncancel();
    return this._cancellingWithin(scope);
  }

  /** The places where native code waits. @internal */
  _openWaits(): readonly OpenWait[] {
    const { waits } = this;
    return waits === null ? [] : waits instanceof Set ? [...waits] : [waits];
  }

  private openWithin(scope: Scope | null): OpenWait[] {
    return this._openWaits().filter((wait) => isOpen(wait) && isWithin(wait._scope, scope));
  }

  private isWaiting(): boolean {
    return (
      this.waits !== null ||
      (this.rare !== null && this.rare.dueSteps > 0) ||
      (this._waiter !== null && !this._waiter._isNativeBody)
    );
  }

  private reportSeveralWaits(): void {
    const rare = this.rareState();
    if (rare.severalWaitsReported || this._openWaits().length < 2) return;
    rare.severalWaitsReported = true;
    this._loop._warn(
      `${repr(this)} waits in several places at once (Promise.all or race, or a helper that is not awaited); ` +
        "gather() or a task group cancel them properly",
    );
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
    return this.cancelRequests;
  }

  /** Withdraws one request for cancellation; returns how many are left. At zero an undelivered one is dropped. */
  uncancel(): number {
    if (this.cancelRequests > 0) {
      this.cancelRequests--;
      if (this.cancelRequests === 0) {
        this.irregular &= ~MUST_CANCEL;
        this.rare?.renewSignal();
        this._loop._watch?.forget(this as Task<unknown>);
      }
    }
    return this.cancelRequests;
  }

  /** Cancels what a scope contains; counts as `cancel` does. @internal */
  _requestCancel(message: unknown, scope: Scope | null): void {
    if ((this.irregular & PASSING_ON) !== 0) return this.breakCircle(message);
    let task = this as Task<unknown>;
    let within = scope;
    task.countRequest(message, within);
    // Down a chain of tasks that wait for each other, however long, without recursion.
    let passed: Task<unknown>[] | null = null;
    for (let child = task.soleChild(within); child !== null; child = task.soleChild(null)) {
      passed ??= [];
      passed.push(task);
      task.irregular |= PASSING_ON;
      task = child;
      within = null;
      if ((task.irregular & PASSING_ON) !== 0) break;
      task.countRequest(message, null);
    }
    if ((task.irregular & PASSING_ON) !== 0) {
      task.breakCircle(message);
      for (const each of passed!) each.irregular &= ~PASSING_ON;
    } else {
      task.irregular |= PASSING_ON;
      try {
        if (!task.tryDeliver(message, within)) task.noteCancellation(message, within);
      } finally {
        task.irregular &= ~PASSING_ON;
        if (passed !== null) for (const each of passed) each.irregular &= ~PASSING_ON;
      }
    }
  }

  /** The tasks that the request went through wait for each other: one of them stops waiting. */
  private breakCircle(message: unknown): void {
    const waiter = this._waiter;
    if (waiter !== null && !waiter._isNativeBody) {
      this._waiter = null;
      waiter._removeCallback(this);
      this._throwNext(makeCancelledError(message, this._loop._keepsPlaces));
      return;
    }
    for (const wait of this.openWithin(null)) {
      wait._endedBy = BY_REQUEST;
      wait._abandon(message);
    }
  }

  private countRequest(message: unknown, scope: Scope | null): void {
    this.cancelRequests++;
    if (scope !== null) this.rareState().noteRequest(scope);
    if (this.rare !== null || message !== undefined) this.rareState().requested(message);
  }

  /** The task that a cancellation of `scope` is to be passed on to; null when the task waits for anything else. */
  private soleChild(scope: Scope | null): Task<unknown> | null {
    if (this._stepIsOpen()) return null;
    let waiter = this._waiter;
    if (waiter !== null && !waiter._isNativeBody) {
      if (!isWithin(this._scope, scope)) return null;
    } else {
      const open = this.openWithin(scope);
      if (open.length !== 1) return null;
      waiter = open[0]!._waiter;
      if (waiter instanceof Task) open[0]!._endedBy = BY_REQUEST;
    }
    const passesOn = waiter instanceof Task && waiter._state === 0 && waiter.cancel === Task.prototype.cancel;
    return passesOn ? (waiter as Task<unknown>) : null;
  }

  private noteCancellation(message: unknown, scope: Scope | null): void {
    const pending = (this.irregular & MUST_CANCEL) !== 0;
    if (scope !== null || this.rare !== null) {
      const rare = this.rareState();
      rare.cancelScope = pending && rare.cancelScope !== scope ? null : scope;
    }
    this.irregular |= MUST_CANCEL;
    this._cancelMessage = message;
  }

  /** A cancellation has come too late for what it was to interrupt: it comes again at the next wait. @internal */
  _postponeCancellation(error: CancelledError): void {
    this.noteCancellation(error.reason, null);
  }

  private deliverCancellation(): void {
    if ((this.irregular & MUST_CANCEL) === 0) return;
    if (this.tryDeliver(this._cancelMessage, this.rare?.cancelScope ?? null)) this.irregular &= ~MUST_CANCEL;
  }

  /** Cancels what the task waits for within `scope`. False when it waits for nothing of the kind now. */
  private tryDeliver(message: unknown, scope: Scope | null): boolean {
    if (this._stepIsOpen()) return false;
    const waiter = this._waiter;
    if (waiter !== null && !waiter._isNativeBody) {
      if (!isWithin(this._scope, scope) || waiter.done()) return false;
      this._loop._watch?.noteDelivered(this as Task<unknown>, scope);
      return waiter.cancel(message);
    }
    const open = this.openWithin(scope);
    if (open.length > 0) this._loop._watch?.noteDelivered(this as Task<unknown>, scope);
    if (open.length === 1) {
      const only = open[0]!;
      only._endedBy = BY_REQUEST;
      return only._waiter!.cancel(message);
    }
    for (const wait of open) endWait(wait, message, BY_REQUEST);
    return open.length > 0;
  }

  /**
   * The cancellation that a step within `scope` begins with, which takes it; null when there is none. `waiter` is what
   * the step has waited for: when that was cancelled, too, its own error is the cancellation; when it was native code,
   * the step is not a new one but the rest of the native code's.
   * @internal
   */
  _takeCancellation(scope: Scope | null, waiter: Future<unknown> | null): CancelledError | null {
    if ((this.irregular & MUST_CANCEL) === 0 || waiter?._isNativeBody === true) return null;
    if (!isWithin(scope, this.rare?.cancelScope ?? null)) return null;
    this.irregular &= ~MUST_CANCEL;
    if (waiter?._state === CANCELLED || (waiter?._state === FAILED && isCancelled(waiter._value))) return null;
    if (waiter?._state === FAILED) waiter._takeError(); // Seen, and superseded.
    this._loop._watch?.noteDelivered(this as Task<unknown>, this.rare?.cancelScope ?? null);
    return makeCancelledError(this._cancelMessage, this._loop._keepsPlaces);
  }

  // ---- lasting cancellation, of cancel scopes

  private beginIn(root: Scope): void {
    nextTask.root = null;
    root._cancelScope!._join(this as Task<unknown>);
  }

  /** @internal */
  _joinScope(node: CancelNode): void {
    const rare = this.rareState();
    rare.cancelNodes ??= [];
    rare.cancelNodes.push(node);
    if (node._cancelledBy !== null) this.irregular |= IN_CANCELLED;
  }

  /** @internal */
  _partFromScope(node: CancelNode): void {
    const nodes = this.rare!.cancelNodes!;
    nodes.splice(nodes.lastIndexOf(node), 1);
    node._part(this as Task<unknown>);
    this._loop._watch?.forget(this as Task<unknown>, node);
    if (!nodes.some((other) => other._cancelledBy !== null)) this.irregular &= ~IN_CANCELLED;
  }

  /** A cancel scope that the task has a part in has been cancelled. What the task waits for inside ends. @internal */
  _scopeCancelled(): void {
    this.irregular |= IN_CANCELLED;
    this._loop._watch?.noteDelivered(this as Task<unknown>, cancelledAround(this._scope));
    this.cancelWaitsInScopes();
  }

  /** A shield has gone: a request that it held back may reach the task where it waits now. @internal */
  _retryCancellation(): void {
    if ((this.irregular & MUST_CANCEL) !== 0) this.deliverCancellation();
  }

  /** @internal */
  override _dependsOn(): readonly Future<unknown>[] {
    return this._state === 0 ? this._waitsFor() : [];
  }

  private deliverWhatIsDue(): void {
    this.deliverCancellation();
    if ((this.irregular & IN_CANCELLED) !== 0) this.cancelWaitsInScopes();
  }

  /** Cancels what the task waits for inside cancelled scopes; each wait once, for it may take its time to end. */
  private cancelWaitsInScopes(): void {
    if (this._stepIsOpen()) return;
    const waiter = this._waiter;
    if (waiter !== null && !waiter._isNativeBody) {
      const by = cancelledAround(this._scope);
      if (by === null || waiter._outlastsScopes || this.rareState().cancelledByScope === waiter) return;
      this.rareState().cancelledByScope = waiter;
      waiter.cancel(by._reason);
      return;
    }
    const open = this._openWaits().filter(
      (wait) => isOpen(wait) && !wait._waiter!._outlastsScopes && cancelledAround(wait._scope) !== null,
    );
    const only = open.length === 1 && open[0]!._endedBy === NOT_ENDED ? open[0]! : null;
    if (only !== null) {
      only._endedBy = BY_SCOPE;
      only._waiter!.cancel(cancelledAround(only._scope)!._reason);
      return;
    }
    for (const wait of open) {
      if (wait._endedBy === NOT_ENDED) endWait(wait, cancelledAround(wait._scope)!._reason, BY_SCOPE);
    }
  }

  /** The error with which a bare turn inside a cancelled scope ends. @internal */
  _cancelledTurn(scope: Scope | null): CancelledError | null {
    if ((this.irregular & IN_CANCELLED) === 0) return null;
    const by = cancelledAround(scope);
    return by === null ? null : makeCancelledError(by._reason, this._loop._keepsPlaces);
  }

  /**
   * A signal that is aborted when the task is cancelled, with the CancelledError as its reason; for `fetch` and the like.
   * Made when first asked for; a fresh one after `uncancel()` has withdrawn every request.
   */
  get signal(): AbortSignal {
    return this.rareState().signal(this.cancelRequests > 0);
  }

  private rareState(): RareState {
    this.rare ??= new RareState();
    return this.rare;
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
    return this.source;
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
    const lines = this._state === 2 ? errorFrames(this._value) : this._state === 0 ? this._whereItWaits() : [];
    return lines.slice(0, options.limit ?? lines.length);
  }

  /** Prints the stack (see `getStack`) to standard error, or to `file`. */
  printStack(options: { readonly limit?: number; readonly file?: { write(text: string): unknown } } = {}): void {
    const lines = this.getStack(options);
    const head = this._state === 2 ? "Traceback for" : lines.length > 0 ? "Stack for" : "No stack for";
    const text = [
      `${head} ${repr(this)}${lines.length > 0 ? " (innermost call first):" : ""}`,
      ...lines.map((line) => `  at ${line}`),
    ];
    if (this._state === 2) text.push(repr(this._value));
    if (options.file === undefined) this._loop._warn(text.join("\n"));
    else options.file.write(`${text.join("\n")}\n`);
  }

  /** @internal */
  _whereItWaits(): string[] {
    const waiters = this._waitsFor();
    for (const waiter of waiters) {
      const place = this.rare?.places?.get(waiter);
      if (place !== undefined) return place.lines;
    }
    for (const wait of this._openWaits()) {
      const place = awaitedAt.get(wait);
      if (place !== undefined) return place.lines;
    }
    for (const waiter of waiters) {
      const place = awaitedAt.get(waiter) ?? madeAt.get(waiter);
      if (place !== undefined) return place.lines;
    }
    return [];
  }

  /** Debug mode: the frames that were on the stack when the task suspended. @internal */
  _notePlace(waiter: Future<unknown>): void {
    const rare = this.rareState();
    rare.places ??= new WeakMap();
    rare.places.set(waiter, takePlace());
  }

  override get _kind(): string {
    return "Task";
  }

  /** @internal */
  override _reprInfo(): string[] {
    const [state, ...rest] = super._reprInfo();
    const cancelling = this._state === 0 && this.cancelRequests > 0 ? "cancelling" : state!;
    const info = [cancelling, `name='${this.getName()}'`, `coro=<${this.reprCoro()}>`];
    const waiter = this._state === 0 ? this._waitsFor()[0] : undefined;
    if (waiter !== undefined) info.push(`wait_for=${waiter instanceof Task ? waiter._reprShort() : repr(waiter)}`);
    return [...info, ...rest];
  }

  /** Without what it waits for in turn: the forms of a chain of tasks would grow with the square of its length. @internal */
  _reprShort(): string {
    const state = this._state === 0 ? (this.cancelRequests > 0 ? "cancelling" : "pending") : "done";
    return `<Task ${state} name='${this.getName()}' coro=<${this.reprCoro()}>>`;
  }

  /** The futures of others that the task waits for. @internal */
  _waitsFor(): Future<unknown>[] {
    const own = this._waiter;
    if (own !== null && !own._isNativeBody) return [own];
    return this._openWaits().flatMap(({ _waiter: waiter }) =>
      waiter === null || waiter._isNativeBody ? [] : [waiter],
    );
  }

  /** Names the task where its whole form would be too long. @internal */
  _label(): string {
    return `task ${repr(this.getName())} (${this._coroutineName()})`;
  }

  /** For the report of a deadlock: the task and, outside of debug mode, what is known of its place. @internal */
  _describeWaiting(): string {
    const waiters = this._waitsFor().map((waiter) =>
      waiter instanceof Task ? waiter._reprShort() : repr(waiter._subject),
    );
    const what = waiters.length === 0 ? "a promise that is not asyncio-ts's" : waiters.join(", ");
    const place = placeOf(this._whereItWaits()[0]);
    const defined = place === null ? this.definedAt() : null;
    const who = `${this._coroutineName()}${defined === null ? "" : `, defined at ${defined}`}`;
    return `${this.getName()} (${who}) waits for ${what}${place === null ? "" : ` at ${place}`}`;
  }

  private reprCoro(): string {
    const name = this._coroutineName();
    const label = /[ (]/.test(name) ? name : `${name}()`;
    const defined = this.definedAt();
    if (this._state !== 0) return `${label} done${defined === null ? "" : `, defined at ${defined}`}`;
    const place = placeOf(this._whereItWaits()[0]) ?? defined ?? placeOf(this._sourceTraceback?.[0]);
    return `${label} running${place === null ? "" : ` at ${place}`}`;
  }

  /** @internal */
  _coroutineName(): string {
    const { source } = this;
    if (isCoroutine(source)) return source.name;
    return typeof source === "function" ? functionLabel(source) : "<generator>";
  }

  private definedAt(): string | null {
    return isCoroutine(this.source) ? this.source._definedAt : null;
  }
}

/** Ends one of several waits: what is nobody else's is cancelled, what others may wait for goes on without this wait. */
function endWait(wait: OpenWait, message: unknown, by: EndedBy): void {
  wait._endedBy = by;
  if (!wait._waiter!._private) return wait._abandon(message);
  wait._waiter!.cancel(message);
}

function isOpen(wait: OpenWait): boolean {
  const waiter = wait._waiter;
  return waiter !== null && !waiter._isNativeBody && !waiter.done();
}

function isCoroutineLike(value: unknown): boolean {
  return isCoroutine(value) || typeof value === "function" || (isGenerator(value) && !isThenable(value));
}

/** The error for what `createTask` and the like cannot take. */
export function notACoroutine(value: unknown): TypeError {
  const advice =
    isThenable(value) && !isCoroutine(value)
      ? "; it is running already and cannot be stopped: give the function that makes it, `() => …`, " +
        "or wrapPromise((signal) => …)"
      : "";
  return new TypeError(`a coroutine was expected, got ${repr(value)}${advice}`);
}

/** A coroutine that will never run because its task cannot: no report that it was never awaited. */
export function closeUnstarted(source: unknown): void {
  if (isCoroutine(source) && (source._phase === CREATED || source._phase === CLAIMED)) source.close();
}

function errorFrames(error: unknown): string[] {
  return error instanceof Error && error.stack !== undefined ? stackLinesOf(error.stack) : [];
}

function stackLinesOf(stack: string): string[] {
  return stack
    .split("\n")
    .slice(1)
    .map((line) => line.replace(/^\s*at /, ""));
}
