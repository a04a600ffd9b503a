import { encodeError } from "../../border/encode-error.ts";
import { uncloneableError } from "../../border/uncloneable-error.ts";
import { globals } from "../../host/globals.ts";
import { isTransfer } from "../transfer.ts";
import type { Batch, ChunkOutcome, ToWorker, WorkerSettings } from "../worker-protocol.ts";
import type { TaskDefinition } from "../worker-task.ts";
import { exitWorker, loadSharing, loadTask, type TaskFunction } from "./load-task.ts";
import { RunningJob, type WorkerState, workerState } from "./running-job.ts";

/** How long jobs may follow each other without a turn of the worker's own event loop, in milliseconds. */
const TURN_MS = 8;

/** What connects a worker with its pool: a port and shared memory, or the channel of a process. */
export interface Link {
  readonly border: "thread" | "process";
  /** Whether the job is still wanted; from now on it runs. */
  begin(job: number): boolean;
  isInterrupted(job: number): boolean;
  /** Throws what the runtime throws for a value that cannot be cloned. */
  succeed(job: number, value: unknown, transferred: readonly object[]): void;
  fail(job: number, thrown: unknown): void;
  /** Notes that a job has taken so many milliseconds. */
  note(milliseconds: number): void;
  /** Waits shortly for the next message without the event loop; undefined when none has come. */
  rest(): ToWorker | undefined;
  post(message: object): void;
}

interface Task {
  readonly definition: TaskDefinition;
  fn: TaskFunction | null;
}

/** Runs the jobs of a worker, one at a time, in the order in which they come. */
export class JobRunner {
  private readonly link: Link;
  private readonly settings: WorkerSettings;
  private readonly tasks: Map<number, Task> = new Map();
  private readonly state: WorkerState = { job: null };
  private batches: Batch[] = [];
  /** The next job of the first batch. */
  private position: number = 0;
  private busy: boolean = true;
  private ending: boolean = false;
  /** The last job had to load its module first: its time says nothing about the next one's. */
  private hasLoaded: boolean = false;

  constructor(link: Link, settings: WorkerSettings) {
    this.link = link;
    this.settings = settings;
    Object.defineProperty(globalThis, workerState, { value: this.state, configurable: true });
  }

  async start(): Promise<void> {
    const { initializer, initargs, folder } = this.settings;
    if (initializer !== null) {
      try {
        const fn = await loadTask(initializer, folder);
        await fn(...initargs);
      } catch (error) {
        this.link.post({ kind: "initializer-failed", thrown: encodeError(error, this.link.border) });
        return;
      }
    }
    this.link.post({ kind: "ready" });
    this.busy = false;
    this.pump();
  }

  receive(message: ToWorker): void {
    if (message.kind === "jobs") {
      if (message.tasks !== null)
        for (const [number, definition] of message.tasks) this.tasks.set(number, { definition, fn: null });
      this.batches.push(message);
    } else if (message.kind === "end") {
      this.ending = true;
    } else if (this.state.job?._number === message.job) {
      this.state.job._interrupt();
    }
  }

  pump(): void {
    if (this.busy) return;
    this.busy = true;
    const turn = performance.now();
    let now = turn;
    for (;;) {
      const batch = this.nextBatch();
      if (batch === undefined) break;
      if (now - turn > TURN_MS) return this.later();
      const at = this.position++;
      const number = (batch.first + at) | 0;
      if (!this.link.begin(number)) continue;
      const args = batch.jobs[2 * at + 1] as readonly unknown[] | 0;
      const value = this.run(number, batch.jobs[2 * at] as number, args, batch.shared === true);
      if (value instanceof Promise) {
        const started = now;
        void value.then(() => {
          if (!this.hasLoaded) this.link.note(performance.now() - started);
          this.hasLoaded = false;
          this.busy = false;
          this.pump();
        });
        return;
      }
      const ended = performance.now();
      this.link.note(ended - now);
      now = ended;
    }
    this.busy = false;
    if (this.ending) exitWorker(0);
  }

  private nextBatch(): Batch | undefined {
    for (;;) {
      const batch = this.batches[0];
      if (batch !== undefined) {
        if (this.position < batch.jobs.length / 2) return batch;
        this.batches.shift();
        this.position = 0;
        continue;
      }
      if (this.ending) return undefined;
      const message = this.link.rest();
      if (message === undefined) return undefined;
      this.receive(message);
    }
  }

  private later(): void {
    globals.setImmediate!(() => {
      this.busy = false;
      this.pump();
    });
  }

  /** A promise when the job is not done yet; it never fails. */
  private run(
    number: number,
    taskNumber: number,
    args: readonly unknown[] | 0,
    shared: boolean,
  ): Promise<void> | undefined {
    const isChunk = taskNumber < 0;
    const task = this.tasks.get(isChunk ? -1 - taskNumber : taskNumber)!;
    const job = new RunningJob(task.definition.name, this.settings.name, number, (job) => this.link.isInterrupted(job));
    this.state.job = job;
    const { fn } = task;
    if (fn === null || isChunk || shared) return this.runSlowly(job, task, args, isChunk, shared);
    try {
      const value = args === 0 ? fn.call(job) : fn.apply(job, args as unknown[]);
      if (isThenable(value)) return this.follow(job, value);
      this.succeed(job, value);
    } catch (error) {
      this.fail(job, error);
    }
    return undefined;
  }

  private async follow(job: RunningJob, value: PromiseLike<unknown>): Promise<void> {
    try {
      this.succeed(job, await value);
    } catch (error) {
      this.fail(job, error);
    }
  }

  private async runSlowly(
    job: RunningJob,
    task: Task,
    args: readonly unknown[] | 0,
    isChunk: boolean,
    shared: boolean,
  ): Promise<void> {
    try {
      if (task.fn === null) {
        this.hasLoaded = true;
        task.fn = await loadTask(task.definition, this.settings.folder);
      }
      let all = args === 0 ? [] : (args as unknown[]);
      if (shared) all = (await loadSharing(task.definition, this.settings.folder)).fromWire(all) as unknown[];
      this.succeed(
        job,
        isChunk ? await this.runChunk(job, task.fn, all as unknown[][]) : await task.fn.apply(job, all),
      );
    } catch (error) {
      this.fail(job, error);
    }
  }

  private async runChunk(job: RunningJob, fn: TaskFunction, calls: unknown[][]): Promise<ChunkOutcome> {
    const values: unknown[] = [];
    for (const call of calls) {
      try {
        const value = fn.apply(job, call);
        values.push(isThenable(value) ? await value : value);
      } catch (error) {
        return { values, thrown: encodeError(error, this.link.border) };
      }
    }
    return { values };
  }

  private succeed(job: RunningJob, result: unknown): void {
    const moved = isTransfer(result);
    const value = moved ? result.value : result;
    this.state.job = null;
    try {
      this.link.succeed(job._number, value, moved ? result.list : []);
    } catch (error) {
      const { border } = this.link;
      this.link.fail(job._number, encodeError(uncloneableError(error, value, { border, root: "result" }), border));
    }
  }

  private fail(job: RunningJob, error: unknown): void {
    this.state.job = null;
    this.link.fail(job._number, encodeError(error, this.link.border));
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}
