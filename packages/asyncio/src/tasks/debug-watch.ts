import { every } from "../host/background-timer.ts";
import { repr } from "../loop/repr.ts";
import { placeOf } from "../loop/stack.ts";
import type { EventLoop } from "./event-loop.ts";
import type { Future } from "./future.ts";
import { hasDeadline } from "./open-waits.ts";
import type { Scope } from "./scope.ts";
import { StrandedWaits } from "./stranded-waits.ts";
import { Task } from "./task.ts";
import { coroutineName, whereItWaits } from "./task-report.ts";

interface Delivered {
  /** The scope whose request it was; null for one to the whole task. */
  readonly scope: Scope | null;
  /** Where the task waited. */
  readonly place: string | null;
  readonly at: number;
  /** When a report is due that the task still runs. */
  reportAt: number;
}

/** How often a sleeping loop is looked at, in milliseconds. */
const INTERVAL = 1000;

/**
 * Debug mode: reports cancellations that were swallowed, tasks that were cancelled and run on, and tasks that wait for
 * each other in a circle, tasks that wait for what nobody can settle any more.
 */
export class DebugWatch {
  private readonly loop: EventLoop;
  private readonly delivered: Map<Task<unknown>, Delivered> = new Map();
  private readonly inCircle: WeakSet<Task<unknown>> = new WeakSet();
  private readonly stranded: StrandedWaits;
  private nextCheck: number = 0;
  private stopTimer: (() => void) | null = null;

  constructor(loop: EventLoop) {
    this.loop = loop;
    this.stranded = new StrandedWaits(loop);
  }

  start(): void {
    this.stopTimer ??= every(INTERVAL, () => this.check());
  }

  stop(): void {
    this.stopTimer?.();
    this.stopTimer = null;
  }

  /** A task is about to get a CancelledError where it waits. */
  noteDelivered(task: Task<unknown>, scope: Scope | null): void {
    const at = this.loop.time();
    const place = placeOf(whereItWaits(task)[0]);
    this.delivered.set(task, { scope, place, at, reportAt: at + this.loop.slowCancellationDuration });
  }

  /** The task has ended, or withdrawn what was asked of it; or it has left the cancelled `scope`. */
  forget(task: Task<unknown>, scope?: Scope): void {
    if (scope === undefined || this.delivered.get(task)?.scope === scope) this.delivered.delete(task);
  }

  /** The code that a request was for has ended as if nothing had been; `scope` is null for the whole task. */
  noteSwallowed(task: Task<unknown>, scope: Scope | null): void {
    const delivered = this.delivered.get(task);
    if (delivered === undefined || delivered.scope !== scope) return;
    this.delivered.delete(task);
    const where = delivered.place === null ? "where it waited" : `at ${delivered.place}`;
    const advice =
      scope === null
        ? "Rethrow it (`if (isCancelled(error)) throw error`), or call uncancel() if that is meant"
        : "Rethrow it (`if (isCancelled(error)) throw error`), so that the block ends by it";
    this.loop._warn(
      `${describe(task)} swallowed a cancellation: CancelledError was thrown ${where}, and ` +
        `${scope === null ? "the task" : `the body of ${repr(scope)}`} ended with a result. ${advice}.`,
    );
  }

  /** Looks for tasks that do not stop; for circles and what is stranded, at most once a second where nothing is due. */
  check(): void {
    const now = this.loop.time();
    this.findUnstopped(now);
    if (now < this.nextCheck) return;
    this.nextCheck = now + INTERVAL / 1000;
    this.findCircles();
    this.stranded.check(this.inCircle);
  }

  private findUnstopped(now: number): void {
    for (const [task, delivered] of this.delivered) {
      if (now < delivered.reportAt) continue;
      const passed = now - delivered.at;
      delivered.reportAt = now + passed;
      const place = placeOf(whereItWaits(task)[0]);
      this.loop._warn(
        `${describe(task)} was cancelled ${passed.toFixed(1)} seconds ago and is still running` +
          `${place === null ? "" : `; it waits at ${place}`}`,
      );
    }
  }

  private findCircles(): void {
    const seen = new Set<Future<unknown>>();
    for (const start of this.loop._tasks) {
      if (seen.has(start)) continue;
      const path: Future<unknown>[] = [];
      const onPath = new Set<Future<unknown>>();
      const rest: { readonly of: Future<unknown>; readonly next: Future<unknown>[] }[] = [];
      const enter = (future: Future<unknown>): void => {
        seen.add(future);
        path.push(future);
        onPath.add(future);
        rest.push({ of: future, next: [...future._dependsOn()] });
      };
      enter(start);
      while (rest.length > 0) {
        const next = rest.at(-1)!.next.pop();
        if (next === undefined) {
          rest.pop();
          onPath.delete(path.pop()!);
        } else if (onPath.has(next)) {
          this.reportCircle(path.slice(path.indexOf(next)));
        } else if (!seen.has(next)) {
          enter(next);
        }
      }
    }
    seen.clear(); // An optimizing compiler at work may hold it, and with it all that is waited for.
  }

  private reportCircle(circle: readonly Future<unknown>[]): void {
    const tasks = circle.filter((future): future is Task<unknown> => future instanceof Task);
    if (tasks.length === 0 || tasks.some((task) => this.inCircle.has(task) || hasDeadline(task))) return;
    for (const task of tasks) this.inCircle.add(task);
    const lines = circle.map((future) => {
      const place = future instanceof Task ? placeOf(whereItWaits(future)[0]) : null;
      return `  ${future instanceof Task ? describe(future) : repr(future)}${place === null ? "" : ` at ${place}`}`;
    });
    this.loop._warn(`These wait for each other, and nothing but a cancellation can end it:\n${lines.join("\n")}`);
  }
}

function describe(task: Task<unknown>): string {
  return `${task.getName()} (${coroutineName(task)})`;
}
