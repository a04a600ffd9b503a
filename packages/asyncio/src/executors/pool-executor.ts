import { builtin, globals } from "../host/globals.ts";
import { QueueFull, RuntimeError } from "../loop/errors.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { OutsideFuture } from "../tasks/outside-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { blockables } from "./blocking.ts";
import type { Executor, ShutdownOptions } from "./executor.ts";
import type { BrokenExecutor, WorkerEnd } from "./executor-errors.ts";
import { Future } from "./future.ts";
import { Job, type JobPool } from "./job.ts";
import { JobQueue } from "./job-queue.ts";
import { type MapArguments, type MapResults, mapCalls } from "./map.ts";
import { type PoolOptions, type PoolSettings, toPoolSettings } from "./pool-options.ts";
import type { PoolWorker, WorkerOwner } from "./pool-worker.ts";
import { SupervisedEnd } from "./supervised-end.ts";
import type { WorkerSettings } from "./worker-protocol.ts";
import { checkTask, type WorkerTask, workingFolder } from "./worker-task.ts";

/** Figures of a pool at this moment, and since its beginning. */
export interface PoolStatistics {
  readonly workers: number;
  /** Workers that have no job. */
  readonly idle: number;
  /** Jobs that wait in the pool. */
  readonly queued: number;
  /** Jobs that workers have been given. */
  readonly running: number;
  readonly finished: number;
  readonly failed: number;
  readonly cancelled: number;
  /** Workers that were ever started, and those that died on their own. */
  readonly started: number;
  readonly died: number;
}

/** So many workers in a row may die before they are ready; then it makes no sense to start another. */
const MOST_FALSE_STARTS = 3;

/** What thread and process pools share: the queue, who gets which job, the life of the workers. */
export abstract class PoolExecutor implements Executor, JobPool, WorkerOwner {
  protected readonly settings: PoolSettings;
  private readonly workers: Set<PoolWorker> = new Set();
  private readonly queue: JobQueue = new JobQueue();
  private readonly supervision: SupervisedEnd = new SupervisedEnd();
  private jobCount: number = 0;
  private started: number = 0;
  private died: number = 0;
  private falseStarts: number = 0;
  private readonly ended = { finished: 0, failed: 0, cancelled: 0 };
  private flushing: boolean = false;
  private isShutdown: boolean = false;
  private readonly end: Future<void> = new Future();
  private broken: ((job: Job | null) => BrokenExecutor) | null = null;
  private roomWaiters: OutsideFuture<void>[] = [];
  private idleTimer: unknown = null;

  constructor(options: PoolOptions) {
    this.settings = toPoolSettings(options);
    this.end._job = { _hasBegun: () => true, _withdraw: () => false, _interrupt() {}, _canBlock: this._canBlock };
  }

  /** Whether results can be fetched while this thread is blocked. @internal */
  get _canBlock(): boolean {
    return builtin("worker_threads") !== undefined;
  }

  protected abstract makeWorker(settings: WorkerSettings): PoolWorker;
  protected abstract workerName(number: number): string;
  protected abstract brokenError(message: string, end: WorkerEnd): BrokenExecutor;
  /** "thread" or "process" */
  protected abstract readonly kind: string;

  /**
   * Has a worker call the task with these arguments, which are cloned when they are sent to it. Throws `TypeError` for
   * what is no task, `RuntimeError` after `shutdown()`, `BrokenExecutor` when the pool is broken, `QueueFull` beyond
   * `maxQueue`. concurrent.futures: `Executor.submit()`.
   */
  submit<A extends readonly unknown[], R>(task: WorkerTask<A, R>, ...args: A): Future<R> {
    checkTask(task);
    return this._submit(task, args, false) as Future<R>;
  }

  /** @internal */
  _submit(task: WorkerTask, args: readonly unknown[], isChunk: boolean): Future<unknown> {
    if (this.broken !== null) throw this.broken(null);
    if (this.isShutdown) throw new RuntimeError("cannot schedule new futures after shutdown");
    if (this.queue.size >= this.settings.maxQueue) {
      throw new QueueFull(`${this.queue.size} jobs wait for a worker already, maxQueue allows no more: await room()`);
    }
    const job = new Job(this, ++this.jobCount, task, args, isChunk);
    this.queue.push(job);
    this.flushSoon();
    return job.future;
  }

  /**
   * Calls the task for the first items of all iterables, then for the second … until one of them ends. Gives the results
   * in this order, to `for` (which blocks the thread) and to `for await`; the error of a call is thrown in its place, and
   * ends it. Leaving the loop early cancels the calls that have not begun. The options come last.
   * concurrent.futures: `Executor.map()`.
   */
  map<A extends readonly unknown[], R>(task: WorkerTask<A, R>, ...iterables: MapArguments<A>): MapResults<R> {
    checkTask(task);
    return mapCalls<R>((args, isChunk) => this._submit(task, args, isChunk), iterables);
  }

  /** Waits until `maxQueue` lets a job in, so that `submit()`, called at once, does not throw. */
  room(): Coroutine<void> {
    return new FunctionCoroutine(roomDefinition, undefined, [this]);
  }

  /** @internal */
  _waitForRoom(): OutsideFuture<void> | null {
    if (this.queue.size < this.settings.maxQueue || this.isShutdown || this.broken !== null) return null;
    const waiter = new OutsideFuture<void>(getRunningLoop());
    this.roomWaiters.push(waiter);
    return waiter;
  }

  private wakeRoomWaiters(): void {
    let free = this.settings.maxQueue - this.queue.size;
    if (this.isShutdown || this.broken !== null) free = Number.POSITIVE_INFINITY;
    while (free > 0 && this.roomWaiters.length > 0) {
      const waiter = this.roomWaiters.shift()!;
      if (waiter.done() || waiter._loop.isClosed()) continue;
      waiter.setResult();
      free--;
    }
  }

  /**
   * Takes no more jobs; those that were submitted are done first, or with `cancelFutures` those that run. The future is
   * done when all workers are gone, or with `wait: false` at once. A second call does no harm.
   * concurrent.futures: `Executor.shutdown()`.
   */
  shutdown(options: ShutdownOptions = {}): Future<void> {
    const { wait = true, cancelFutures = false } = options;
    this.isShutdown = true;
    if (cancelFutures) this.cancelWaiting();
    this.wakeRoomWaiters();
    this.endIfDone();
    if (wait) return this.end;
    const done = new Future<void>();
    done.setResult();
    return done;
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.shutdown().then();
  }

  private cancelWaiting(): void {
    for (const job of this.queue.takeAll()) job.future.cancel();
    for (const worker of this.workers) for (const job of worker.unbegun()) job.future.cancel();
  }

  statistics(): PoolStatistics {
    let running = 0;
    let idle = 0;
    for (const worker of this.workers) {
      running += worker.load;
      if (worker.load === 0) idle++;
    }
    const { started, died } = this;
    return { workers: this.workers.size, idle, queued: this.queue.size, running, ...this.ended, started, died };
  }

  /** Ends all workers now, whatever they do; their jobs fail. concurrent.futures: `terminate_workers()`. */
  terminateWorkers(): void {
    if (this.broken === null) this.breakDown(`The ${this.kind} pool's workers were terminated`, {}, []);
    this.isShutdown = true;
    this.endIfDone();
  }

  // ---- who gets what

  private flushSoon(): void {
    if (this.flushing) return;
    this.flushing = true;
    // A thread that blocks before the microtask comes flushes by itself.
    blockables.add(this);
    globals.queueMicrotask(() => this.flush());
  }

  /** Gives jobs to workers, the least busy first, and starts workers while there are more jobs than idle ones. */
  private flush(): void {
    this.flushing = false;
    if (this.broken !== null) return this.endIfDone();
    if (this.queue.size === 0) this.balance();
    if (this.queue.size > 0) {
      this.startWorkers();
      this.deal();
      if (this.roomWaiters.length > 0) this.wakeRoomWaiters();
    }
    this.endIfDone();
  }

  private startWorkers(): void {
    let idle = 0;
    for (const worker of this.workers) if (worker.load === 0 && !worker.isRetiring) idle++;
    while (idle < this.queue.size && this.workers.size < this.settings.maxWorkers) {
      try {
        this.startWorker();
      } catch (cause) {
        // The system gives no more threads or processes: those that are there go on.
        if (this.workers.size > 0) return;
        this.breakDown(`A ${this.kind} of the ${this.kind} pool could not be started`, { cause }, []);
        return;
      }
      idle++;
    }
  }

  private startWorker(): void {
    const { initializer, initargs } = this.settings;
    const worker = this.makeWorker({
      name: this.workerName(this.started),
      initializer: initializer === null ? null : initializer._definition,
      initargs,
      folder: workingFolder(),
    });
    this.started++;
    this.workers.add(worker);
    this.watchIdle();
  }

  private deal(): void {
    const { queue } = this;
    const rooms = new Map<PoolWorker, number>();
    let level = Number.POSITIVE_INFINITY;
    for (const worker of this.workers) {
      const room = Math.min(worker.room(), this.settings.maxTasksPerWorker - worker.taken);
      if (worker.isRetiring || room <= 0) continue;
      rooms.set(worker, room);
      level = Math.min(level, worker.load);
    }
    for (; queue.size > 0 && rooms.size > 0; level++) {
      for (const [worker, room] of rooms) {
        if (worker.load > level) continue;
        const job = queue.shift();
        if (job === undefined) break;
        worker.take(job);
        if (room > 1) rooms.set(worker, room - 1);
        else rooms.delete(worker);
      }
    }
    for (const worker of this.workers) {
      worker.post();
      if (worker.taken >= this.settings.maxTasksPerWorker) worker.end();
    }
  }

  /** A worker without work takes over what another was given too early. */
  private balance(): void {
    let busiest: PoolWorker | null = null;
    let isIdle = this.workers.size < this.settings.maxWorkers;
    for (const worker of this.workers) {
      if (worker.load === 0 && !worker.isRetiring) isIdle = true;
      else if (busiest === null || worker.load > busiest.load) busiest = worker;
    }
    if (isIdle && busiest !== null && busiest.load > 1) this.queue.putBack(busiest.recall());
  }

  /** @internal */
  _drain(): void {
    for (const worker of [...this.workers]) worker.drain();
    this.flush();
  }

  // ---- what jobs tell

  /** @internal */
  _forget(job: Job): void {
    this.queue.forget(job);
    this.ended.cancelled++;
    if (this.roomWaiters.length > 0) this.wakeRoomWaiters();
    this.endSoon();
  }

  /** @internal */
  _settled(job: Job, outcome: "finished" | "failed" | "cancelled"): void {
    this.ended[outcome]++;
    if (job.interrupted) this.supervision.release(job);
  }

  /** @internal */
  _interrupt(job: Job): void {
    const { cancelRunning, graceMs } = this.settings;
    const { worker } = job;
    if (cancelRunning === "never" || job.interrupted || worker === null) return;
    job.interrupted = true;
    worker.interrupt(job);
    if (cancelRunning === "terminate") this.supervision.watch(job, graceMs, () => worker.kill());
  }

  // ---- what workers tell

  /** @internal */
  _onReady(): void {
    this.falseStarts = 0;
    this.flushSoon();
  }

  /** @internal */
  _onProgress(): void {
    this.flush();
  }

  /** @internal */
  _onInitializerFailed(cause: unknown): void {
    this.breakDown(`A ${this.kind} initializer failed, the ${this.kind} pool is not usable anymore`, { cause }, []);
  }

  /** @internal */
  _onEnd(worker: PoolWorker, end: WorkerEnd, jobs: readonly Job[], running: Job | null): void {
    const expected = worker.wasToldToEnd;
    this.workers.delete(worker);
    const lost = running?.interrupted && expected ? running : null;
    if (this.broken !== null) {
      for (const job of jobs) job.fail(this.broken(job));
    } else if (expected) {
      for (const job of jobs) if (job === lost) job.stopped();
      this.queue.putBack(jobs.filter((job) => job !== lost));
    } else {
      this.died++;
      if (!worker.isReady && running === null) this.falseStarts++;
      this.onDeath(end, jobs, running);
    }
    this.flush();
  }

  private onDeath(end: WorkerEnd, jobs: readonly Job[], running: Job | null): void {
    const { kind } = this;
    if (!this.settings.replaces || this.falseStarts >= MOST_FALSE_STARTS) {
      const message = `A ${kind} in the ${kind} pool was terminated abruptly while the future was running or pending.`;
      this.breakDown(message, end, jobs, running);
      return;
    }
    // What was moved to the worker is lost with it, and what ran may have had effects.
    const lost = jobs.filter((job) => job === running || job.transferList !== null);
    this.queue.putBack(jobs.filter((job) => !lost.includes(job)));
    for (const job of lost) {
      const message = `A ${kind} in the ${kind} pool was terminated abruptly while the future was running or pending.`;
      job.fail(this.errorOf(message, end, job, job === running));
    }
  }

  private breakDown(message: string, end: WorkerEnd, jobs: readonly Job[], running: Job | null = null): void {
    if (this.broken !== null) return;
    this.broken = (job) => this.errorOf(message, end, job, job !== null && job === running);
    for (const job of jobs) job.fail(this.broken(job));
    for (const job of this.queue.takeAll()) job.fail(this.broken(job));
    for (const each of [...this.workers]) each.kill();
    this.wakeRoomWaiters();
  }

  private errorOf(message: string, end: WorkerEnd, job: Job | null, running: boolean): BrokenExecutor {
    const notes: string[] = [];
    if (job !== null) notes.push(`${job.description}, ${running ? "was running" : "was pending"}`);
    if (typeof end.signal === "string") notes.push(`signal ${end.signal}`);
    else if (typeof end.exitCode === "number") notes.push(`exit code ${end.exitCode}`);
    const text = notes.length === 0 ? message : `${message} (${notes.join("; ")})`;
    return this.brokenError(text, { ...end, job: job?.description ?? null, running });
  }

  // ---- the end

  private endSoon(): void {
    if (this.isShutdown) this.flushSoon();
  }

  private endIfDone(): void {
    if (!this.isShutdown || (this.queue.size > 0 && this.broken === null)) return;
    for (const worker of [...this.workers]) {
      if (worker.load > 0) continue;
      if (worker.isReady) worker.end();
      else worker.kill();
    }
    if (this.workers.size > 0) return;
    blockables.delete(this);
    globals.clearTimeout(this.idleTimer);
    this.idleTimer = null;
    if (!this.end.done()) this.end.setResult();
  }

  /** One timer for all workers. It keeps nothing alive. */
  private watchIdle(): void {
    const { idleMs } = this.settings;
    if (this.idleTimer !== null || idleMs === Number.POSITIVE_INFINITY) return;
    this.idleTimer = globals.setTimeout(
      () => {
        this.idleTimer = null;
        const since = performance.now() - idleMs;
        for (const worker of this.workers) {
          if (worker.load === 0 && worker.isReady && worker.idleSince <= since) worker.end();
        }
        if (this.workers.size > 0) this.watchIdle();
      },
      Math.min(Math.max(idleMs / 2, 1), 0x7fffffff),
    );
    (this.idleTimer as { unref?(): void }).unref?.();
  }
}

function* roomBody(pool: PoolExecutor): CoroutineGenerator<void> {
  for (;;) {
    const waiter = pool._waitForRoom();
    if (waiter === null) return;
    yield* waiter;
  }
}

const roomDefinition = define(roomBody as never, "room");
