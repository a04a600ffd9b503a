import { globals } from "../host/globals.ts";
import { canTakeSnapshots, heapSize } from "../host/heap-snapshot.ts";
import { repr } from "../loop/repr.ts";
import { debugRegistries } from "./debug-registries.ts";
import type { EventLoop } from "./event-loop.ts";
import type { Future } from "./future.ts";
import { isCoroutine } from "./kinds.ts";
import { sweepRecent } from "./never-awaited.ts";
import { hasDeadline, waitsFor } from "./open-waits.ts";
import { Suspects } from "./stranded-search.ts";
import { forgetOffer } from "./suspension.ts";
import type { Task } from "./task.ts";
import { describeWaiting } from "./task-report.ts";

/** A larger heap is not searched: the snapshot takes more than its size, and stops everything for seconds. Megabytes. */
const LARGEST_HEAP = 64;
/** Searches may take one part in so many of the time. */
const SHARE_OF_TIME = 200;
/** How many tasks a report names. */
const MOST_LISTED = 50;

interface Wait {
  readonly since: number;
  /** When the next search for it is due: after each that finds it in order, when it has lasted twice as long. */
  due: number;
  reported: boolean;
}

/**
 * Debug mode: reports tasks that wait for what nobody is left to settle: a future that was dropped, a lock whose holder
 * has forgotten it. The loop holds waiting tasks, and these hold what they wait for, so that only the graph of the heap
 * can tell; see `Suspects.search`.
 */
export class StrandedWaits {
  private readonly loop: EventLoop;
  /** What tasks wait for and no task, timer or runtime is known to settle. */
  private readonly waits: WeakMap<Future<unknown>, Wait> = new WeakMap();
  private nextSearch: number = -Infinity;
  /** Virtual clocks: how long after a search the next may be. */
  private gap: number = 0;
  private givenUp: boolean = false;

  constructor(loop: EventLoop) {
    this.loop = loop;
  }

  /**
   * Searches when a wait has lasted for `loop.strandedWaitDuration`. Tasks in `known` have been reported for
   * another reason.
   */
  check(known: WeakSet<Task<unknown>>): void {
    if (!canTakeSnapshots || this.givenUp) return;
    const now = this.loop.time();
    if (!this.isDue(now, known) || now < this.nextSearch) return;
    if (heapSize() > LARGEST_HEAP * 2 ** 20) return this.giveUp(`is larger than ${LARGEST_HEAP} MB`);
    const started = globals.performance.now();
    let stranded: Task<unknown>[];
    try {
      stranded = this.search() as Task<unknown>[];
    } catch (error) {
      return this.giveUp(`cannot be read (${repr(error)})`);
    }
    const pause = (globals.performance.now() - started) / 1000;
    const found = stranded.filter((task) => !known.has(task) && this.isNew(task));
    this.postpone(now, pause, found.length > 0);
    this.report(found);
  }

  private giveUp(why: string): void {
    this.givenUp = true;
    this.loop._warn(`The heap ${why}: debug mode does not search it for waits that nothing can end`);
  }

  /** Whether some wait has lasted so long that it should be looked at. */
  private isDue(now: number, known: WeakSet<Task<unknown>>): boolean {
    const { strandedWaitDuration: duration } = this.loop;
    let due = false;
    for (const task of this.loop._tasks) {
      if (known.has(task) || wakers(task) === null) continue;
      for (const future of ends(task)) {
        const wait = this.waits.get(future);
        if (wait === undefined) this.waits.set(future, { since: now, due: now + duration, reported: false });
        else if (now >= wait.due && !wait.reported) due = true;
      }
    }
    return due;
  }

  /** Of its own, so that nothing that it looks at is in the local variables of its callers. */
  private search(): object[] {
    sweepRecent(this.loop);
    forgetOffer();
    return this.suspects().search();
  }

  private suspects(): Suspects {
    const suspects = new Suspects();
    for (const task of this.loop._tasks) {
      for (const registryOf of debugRegistries) {
        const registry = registryOf(task);
        if (registry !== undefined) suspects.ignore(registry);
      }
      const waiters = wakers(task);
      if (waiters === null) {
        suspects.addLiving(task);
        continue;
      }
      suspects.add(task, waiters);
      // Who has the coroutine of a task can do nothing with it.
      if (isCoroutine(task._source)) suspects.ignore(task._source);
    }
    return suspects;
  }

  private postpone(now: number, pause: number, found: boolean): void {
    const { loop } = this;
    for (const task of loop._tasks) {
      for (const future of ends(task)) {
        const wait = this.waits.get(future);
        if (wait !== undefined && now >= wait.due) wait.due = now + (now - wait.since);
      }
    }
    // On a virtual clock hours take milliseconds: there the number of searches grows with the logarithm of the time.
    if (loop._host.name !== "virtual") this.gap = SHARE_OF_TIME * pause;
    else this.gap = found ? 0 : this.gap * 2;
    this.gap = Math.max(this.gap, loop.strandedWaitDuration);
    this.nextSearch = now + this.gap;
  }

  /** Others only wait for tasks that are stranded, or have been reported. */
  private isNew(task: Task<unknown>): boolean {
    return ends(task).some((future) => this.waits.get(future)?.reported !== true);
  }

  private report(tasks: readonly Task<unknown>[]): void {
    if (tasks.length === 0) return;
    for (const task of tasks) for (const future of ends(task)) this.noteReported(future);
    const lines = tasks.slice(0, MOST_LISTED).map((task) => `  ${describeWaiting(task)}`);
    if (tasks.length > MOST_LISTED) lines.push(`  … and ${tasks.length - MOST_LISTED} more`);
    this.loop._warn(
      "Nothing but a cancellation can end these waits, for nobody else has what they wait for; keep it where the code " +
        `finds it that is to settle, release or fill it:\n${lines.join("\n")}`,
    );
  }

  private noteReported(future: Future<unknown>): void {
    const wait = this.waits.get(future);
    if (wait === undefined) this.waits.set(future, { since: NaN, due: Infinity, reported: true });
    else wait.reported = true;
  }
}

/**
 * The futures of which each would make the task go on; null when it goes on anyway: its step is due, or its wait will be
 * ended by a deadline or from outside of the loop. Native code may have awaited something else besides, or been raced
 * with it: then it goes on when its body is reached by what that is.
 */
function wakers(task: Task<unknown>): Future<unknown>[] | null {
  const own = task._waiter;
  if (own === null || own.done() || task._stepIsOpen()) return null;
  const futures = waitsFor(task);
  if (futures.length === 0 || hasDeadline(task) || (task._rare !== null && task._rare.dueSteps > 0)) return null;
  if (futures.some((future) => future.done() || future._isOutside)) return null;
  return own._isNativeBody ? [own, ...futures] : futures;
}

/** What a task waits for in the end: not for other tasks, timers or what is outside of the loop. */
function ends(task: Task<unknown>): Future<unknown>[] {
  const found: Future<unknown>[] = [];
  const seen = new Set(waitsFor(task));
  for (const future of seen) {
    if (future.done() || future._asTask !== null || future._isOutside || future._isTimer) continue;
    const followed = future._follows();
    if (followed === null) found.push(future);
    else for (const each of followed) seen.add(each);
  }
  return found;
}
