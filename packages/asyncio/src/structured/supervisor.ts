import { currentContext } from "../loop/context.ts";
import { isCancelled, leavesLoop, RuntimeError } from "../loop/errors.ts";
import { inspectCustom, repr } from "../loop/repr.ts";
import type { Runnable } from "../loop/runnable.ts";
import { running } from "../loop/running.ts";
import { Fifo } from "../sync/fifo.ts";
import { ParkingLot, Waiter } from "../sync/parking-lot.ts";
import { driverHere } from "../tasks/ambient.ts";
import type { Body } from "../tasks/body.ts";
import { renewRequests } from "../tasks/cancellation.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { closeUnstarted } from "../tasks/coroutine-like.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { FAILED } from "../tasks/future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Task } from "../tasks/task.ts";
import type { Backoff } from "./backoff.ts";
import { callBody } from "./call-body.ts";
import { parkIn } from "./crew.ts";
import { keepEarlier } from "./error-context.ts";
import { ExceptionGroup } from "./exception-group.ts";
import { type RestartType, SupervisedChild } from "./supervised-child.ts";
import { TaskGroup } from "./task-group.ts";

/** Whom a failure concerns: the child alone, all children, or the child and those that were started after it. */
export type SuperviseStrategy = "one-for-one" | "one-for-all" | "rest-for-one";

/** What `onFailure` is told. */
export interface ChildFailure {
  readonly name: string;
  readonly error: unknown;
  /** Whether the child is going to be restarted. */
  readonly restarts: boolean;
}

/** `SuperviseOptions`, checked and in seconds. */
export interface SupervisorPolicy {
  readonly strategy: SuperviseStrategy;
  readonly maxRestarts: number;
  readonly within: number;
  readonly backoff: Backoff | null;
  readonly onFailure: ((failure: ChildFailure) => void) | null;
}

/** A child has ended. */
interface Ending {
  readonly child: SupervisedChild;
  /** Null when it has not failed. */
  readonly failure: { readonly error: unknown } | null;
  readonly how: "has failed" | "has returned" | "was cancelled";
  /** Whether it is to be restarted, if it has not been stopped or restarted meanwhile. */
  readonly asksForRestart: boolean;
}

/** Thrown by the manager, so that the body is cancelled. */
class GaveUp extends Error {}

/**
 * Starts children by name, and restarts those that fail, see `supervise`. OTP: `supervisor`.
 *
 * The body runs in a task group whose only child is the manager: it alone decides on restarts, one ending after the
 * other, as OTP's supervisor process takes its messages. The children are no members of the group, which would cancel
 * them all at once: whatever ends the group, they are stopped after it, in the reverse order of their start.
 */
export class Supervisor {
  private readonly loop: EventLoop;
  private readonly policy: SupervisorPolicy;
  /** In the order of their start. */
  private readonly byName: Map<string, SupervisedChild> = new Map();
  private group: TaskGroup | null = null;
  private bodyEnded: boolean = false;
  private gaveUp: boolean = false;
  private closing: boolean = false;
  private finished: boolean = false;
  private readonly endings: Fifo<Ending> = new Fifo();
  /** Where the manager waits for endings. */
  private readonly news: ParkingLot = new ParkingLot();
  /** The restarts that still count. */
  private readonly recent: { readonly at: number; readonly error: unknown }[] = [];

  private constructor(loop: EventLoop, policy: SupervisorPolicy) {
    this.loop = loop;
    this.policy = policy;
  }

  /** @internal */
  static _make(loop: EventLoop, policy: SupervisorPolicy): Supervisor {
    return new Supervisor(loop, policy);
  }

  /**
   * Starts a child. `body` is called again for each restart. `restart` says after which ends (default `"transient"`: when
   * it has failed). Children may start children. Throws `RuntimeError` for a name that is taken, and when the supervisor
   * is shutting down or finished.
   */
  start(name: string, body: () => Body<unknown>, options: { readonly restart?: RestartType } = {}): void {
    const { restart = "transient" } = options;
    const why = this.whyNot(name, body, restart);
    if (why !== null) {
      closeUnstarted(body);
      throw why;
    }
    const child = new SupervisedChild(name, body, restart, currentContext().copy());
    // Its name is taken before its first step, which runs here when tasks are eager.
    this.byName.set(name, child);
    try {
      this.launch(child);
    } catch (error) {
      this.byName.delete(name);
      throw error;
    }
  }

  private whyNot(name: string, body: unknown, restart: string): Error | null {
    if (typeof name !== "string") return new TypeError(`a child's name must be a string, got ${repr(name)}`);
    if (typeof body !== "function") {
      return new TypeError(`start(name, body) takes a function, which can be called again, got ${repr(body)}`);
    }
    if (restart !== "permanent" && restart !== "transient" && restart !== "temporary") {
      return new RangeError(`restart must be "permanent", "transient" or "temporary", got ${repr(restart)}`);
    }
    if (this.finished) return new RuntimeError(`${repr(this)} is finished`);
    if (this.closing) return new RuntimeError(`${repr(this)} is shutting down`);
    if (this.byName.has(name)) return new RuntimeError(`${repr(this)} already has a child '${name}'`);
    return null;
  }

  /**
   * Cancels a child for good and waits until it has ended; from then on its name is free. Cancelling the wait does not
   * bring the child back. An error of its clean-up is told as a failure. Throws `RangeError` for an unknown name.
   */
  stop(name: string): Coroutine<void> {
    return new FunctionCoroutine(stopDefinition, this, [name]);
  }

  /** @internal */
  *_stop(name: string): CoroutineGenerator<void> {
    const child = this.byName.get(name);
    if (child === undefined) throw new RangeError(`${repr(this)} has no child '${name}'`);
    child._removed = true;
    child._stop();
    if (child._task === null) this.remove(child);
    else yield* child._join(this.loop, false);
  }

  /** Stops everything without an error: first the body, then the children in the reverse order of their start. */
  cancel(): void {
    this.group?.cancel();
  }

  /** The children by their names, in the order of their start; a copy. */
  get children(): ReadonlyMap<string, SupervisedChild> {
    return new Map(this.byName);
  }

  // ---- the life of a supervisor

  /** @internal */
  *_run(body: (supervisor: Supervisor) => Body<unknown>): CoroutineGenerator<void> {
    const driver = driverHere()!;
    this.group = TaskGroup._make();
    const inGroup = (group: TaskGroup): Body<void> => new FunctionCoroutine(bodyDefinition, this, [group, body]);
    let thrown: { readonly error: unknown } | null = null;
    try {
      yield* this.group._run(inGroup);
    } catch (error) {
      thrown = { error };
    }
    const late = yield* this.shutDown();
    const errors = [...this.errorsOf(thrown), ...this.tellTheRest()];
    if (thrown !== null && leavesLoop(thrown.error)) throw thrown.error;
    const cancellation = thrown !== null && isCancelled(thrown.error) ? thrown : late;
    if (errors.length === 0) {
      if (cancellation !== null) throw cancellation.error;
      return;
    }
    // As in a group: the errors have priority, the cancellation comes at the next await.
    if (cancellation !== null) renewRequests(driver._task, driver._scope);
    throw new ExceptionGroup(this.gaveUp ? this.limitExceeded() : "unhandled errors in supervise()", errors);
  }

  /** @internal */
  *_runBody(group: TaskGroup, body: (supervisor: Supervisor) => Body<unknown>): CoroutineGenerator<void> {
    group.createTask(new FunctionCoroutine<void>(manageDefinition, this, []), { name: "supervisor" });
    yield* callBody(body, undefined, this);
    this.bodyEnded = true;
    this.news.unpark();
  }

  /** Stops what is left, one after the other, whatever happens; gives the first cancellation that came meanwhile. */
  private *shutDown(): CoroutineGenerator<{ readonly error: unknown } | null> {
    this.closing = true;
    let cancellation: { readonly error: unknown } | null = null;
    for (const child of [...this.byName.values()].reverse()) {
      child._stop();
      while (child._task !== null) {
        try {
          yield* child._join(this.loop, true);
        } catch (error) {
          if (!isCancelled(error)) throw error;
          cancellation ??= { error };
        }
      }
      this.byName.delete(child.name);
    }
    this.finished = true;
    return cancellation;
  }

  /** Of the manager and of the body. */
  private errorsOf(thrown: { readonly error: unknown } | null): readonly unknown[] {
    if (thrown === null || !(thrown.error instanceof ExceptionGroup)) return [];
    const others = thrown.error.exceptions.filter((error) => !(error instanceof GaveUp));
    return this.gaveUp ? [...this.recent.map(({ error }) => error), ...others] : others;
  }

  /** Failures that the manager has not come to, and those of clean-ups; gives what the user's callback throws. */
  private tellTheRest(): unknown[] {
    const thrown: unknown[] = [];
    for (const { child, failure } of this.endings.toArray()) {
      if (failure === null || leavesLoop(failure.error)) continue; // Interrupts have left the loop.
      try {
        this.report(child, failure.error);
      } catch (error) {
        thrown.push(error);
      }
    }
    return thrown;
  }

  private limitExceeded(): string {
    const { maxRestarts: most, within } = this.policy;
    return `restart limit exceeded: more than ${most} ${most === 1 ? "restart" : "restarts"} within ${within} s`;
  }

  // ---- the manager

  /** @internal */
  *_manage(): CoroutineGenerator<void> {
    try {
      for (;;) {
        if (this.endings.length > 0) yield* this.dealWith(this.endings.take());
        else if (this.bodyEnded && this.byName.size === 0) return;
        else yield* parkIn(this.news, new Waiter(this.loop));
      }
    } finally {
      this.closing = true;
    }
  }

  private *dealWith({ child, failure, how, asksForRestart }: Ending): CoroutineGenerator<void> {
    if (failure !== null && leavesLoop(failure.error)) throw failure.error;
    if (!asksForRestart || !this.has(child) || child._state !== "ended") {
      if (failure !== null) this.report(child, failure.error);
      return;
    }
    const error = failure?.error ?? new RuntimeError(`child '${child.name}' is permanent, but ${how}`);
    this.countRestart(error);
    this.report(child, error);
    const delay = this.policy.backoff?.pause(++child._failures, this.loop) ?? 0;
    yield* this.restart(child, delay);
  }

  private countRestart(error: unknown): void {
    const { maxRestarts, within } = this.policy;
    if (maxRestarts === Infinity) return;
    const { recent } = this;
    const now = this.loop.time();
    recent.push({ at: now, error });
    while (recent[0]!.at + within < now) recent.shift();
    if (recent.length <= maxRestarts) return;
    this.gaveUp = true;
    throw new GaveUp();
  }

  private report(child: SupervisedChild, error: unknown): void {
    const restarts = this.has(child) && !child._removed;
    const { onFailure } = this.policy;
    if (onFailure === null) {
      const message = `Child '${child.name}' of a supervisor has failed${restarts ? " and is restarted" : ""}`;
      return this.loop.callExceptionHandler({ message, exception: error });
    }
    try {
      onFailure({ name: child.name, error, restarts });
    } catch (thrown) {
      keepEarlier(thrown, error);
      throw thrown;
    }
  }

  private *restart(failed: SupervisedChild, delay: number): CoroutineGenerator<void> {
    const affected = this.affectedBy(failed);
    for (let i = affected.length - 1; i >= 0; i--) {
      const child = affected[i]!;
      if (child === failed) continue;
      child._stop();
      yield* child._join(this.loop, false);
    }
    for (const child of affected) {
      if (!this.has(child)) continue; // `stop` was called meanwhile.
      if (child !== failed && child.restart === "temporary") this.remove(child);
      else this.launchAgain(child, delay);
    }
  }

  /** Who is restarted with a child, in the order of their start. */
  private affectedBy(failed: SupervisedChild): SupervisedChild[] {
    const { strategy } = this.policy;
    if (strategy === "one-for-one") return [failed];
    const all = [...this.byName.values()];
    return strategy === "one-for-all" ? all : all.slice(all.indexOf(failed));
  }

  private launchAgain(child: SupervisedChild, delay: number): void {
    child._restarts++;
    child._state = "waiting";
    if (delay > 0) child._timer = this.loop.callLater(delay, this.relaunch, child);
    else this.relaunch(child);
  }

  private readonly relaunch = (child: SupervisedChild): void => {
    if (this.closing) return;
    try {
      this.launch(child);
    } catch (error) {
      // The loop's task factory refuses; as if the child had failed at once.
      child._state = "ended";
      this.note({ child, failure: { error }, how: "has failed", asksForRestart: true });
    }
  };

  private launch(child: SupervisedChild): void {
    const task = child._start(this.loop);
    task._addCallback(new ChildDone(this, child, task));
  }

  /** @internal */
  _childDone(child: SupervisedChild, task: Task<unknown>): void {
    const failure = task._state === FAILED ? { error: task._takeError() } : null;
    const how = failure !== null ? "has failed" : task.cancelled() ? "was cancelled" : "has returned";
    const asked = child._state === "stopping";
    child._ended();
    if (this.loop.time() - child._startedAt >= this.policy.within) child._failures = 0;
    const asksForRestart =
      !asked && (child.restart === "permanent" || (child.restart === "transient" && failure !== null));
    child._state = asksForRestart ? "ended" : "waiting";
    if (asked ? child._removed : !asksForRestart) this.remove(child);
    if (failure !== null || asksForRestart) this.note({ child, failure, how, asksForRestart });
  }

  private note(ending: Ending): void {
    this.endings.push(ending);
    this.news.unpark();
  }

  private has(child: SupervisedChild): boolean {
    return this.byName.get(child.name) === child;
  }

  private remove(child: SupervisedChild): void {
    this.byName.delete(child.name);
    this.news.unpark(); // Maybe it was the last.
  }

  /** @internal */
  _repr(): string {
    const state = this.finished ? "finished" : this.closing ? "shutting down" : `children=${this.byName.size}`;
    return `<Supervisor ${this.policy.strategy} ${state}>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

class ChildDone implements Runnable {
  private readonly supervisor: Supervisor;
  private readonly child: SupervisedChild;
  private readonly task: Task<unknown>;

  constructor(supervisor: Supervisor, child: SupervisedChild, task: Task<unknown>) {
    this.supervisor = supervisor;
    this.child = child;
    this.task = task;
  }

  _run(): void {
    running.task = null;
    this.supervisor._childDone(this.child, this.task);
  }
}

const bodyDefinition = define(Supervisor.prototype._runBody as never, "supervise");
const manageDefinition = define(Supervisor.prototype._manage as never, "supervise");
const stopDefinition = define(Supervisor.prototype._stop as never, "stop");
