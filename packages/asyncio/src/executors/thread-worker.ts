import { decodeError } from "../border/decode-error.ts";
import type { ThrownRecord } from "../border/error-record.ts";
import { sharing } from "../border/sharing.ts";
import { uncloneableError } from "../border/uncloneable-error.ts";
import { globals } from "../host/globals.ts";
import { RuntimeError } from "../loop/errors.ts";
import { threadBell } from "./blocking.ts";
import type { Job } from "./job.ts";
import { type NodeWorker, nodeThreads, type ThreadsModule, type WorkerPort } from "./node-threads.ts";
import { PoolWorker, type WorkerOwner } from "./pool-worker.ts";
import { settleJob } from "./settle-job.ts";
import {
  ENDED,
  EXIT_CODE,
  FALSE,
  NULL,
  NUMBER,
  POSTED,
  QUEUED,
  RESTING,
  SharedSlots,
  SIGNALLED,
  SLOTS,
  TRUE,
  UNDEFINED,
  USUAL_MS,
  WITHDRAWN,
} from "./shared-slots.ts";
import { TaskNumbers } from "./task-numbers.ts";
import { type FromWorker, LOOK, type ToWorker, type WorkerSettings } from "./worker-protocol.ts";
import { workerSource } from "./worker-source.ts";

/** What a worker thread is given at its start. */
export interface ThreadWorkerData {
  readonly port: WorkerPort;
  readonly slots: SharedArrayBuffer;
  readonly bell: SharedArrayBuffer;
  readonly settings: WorkerSettings;
}

export interface ThreadOptions {
  /** Limits of the thread's heap and stack, as `node:worker_threads` takes them; Bun and Deno ignore them. */
  readonly resourceLimits?: {
    readonly maxOldGenerationSizeMb?: number;
    readonly maxYoungGenerationSizeMb?: number;
    readonly codeRangeSizeMb?: number;
    readonly stackSizeMb?: number;
  };
  /** The environment of the thread; default: a copy of the process's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** So much work, in milliseconds, is given to a worker in advance: as long as a message back and forth may take. */
const AHEAD_MS = 2;

/** A worker of a `ThreadPoolExecutor`. */
export class ThreadWorker extends PoolWorker {
  private readonly owner: WorkerOwner;
  private readonly threads: ThreadsModule;
  private readonly worker: NodeWorker;
  private readonly port: WorkerPort;
  private readonly slots: SharedSlots = new SharedSlots();
  private readonly numbers: TaskNumbers = new TaskNumbers();
  /** The jobs under way, by slot. */
  private readonly jobs: (Job | null)[] = new Array(SLOTS).fill(null);
  /** The oldest job under way, and the next number. */
  private head: number = 0;
  private tail: number = 0;
  private outbox: Job[] = [];
  private error: unknown = undefined;
  private readonly ident: number;
  private isHeld: boolean = false;
  private isLeaving: boolean = false;

  constructor(owner: WorkerOwner, settings: WorkerSettings, options: ThreadOptions) {
    super(settings.name);
    this.owner = owner;
    this.threads = nodeThreads("a ThreadPoolExecutor");
    const { port1, port2 } = new this.threads.MessageChannel();
    const workerData: ThreadWorkerData = {
      port: port2,
      slots: this.slots.buffer,
      bell: threadBell().buffer as SharedArrayBuffer,
      settings,
    };
    const { resourceLimits, env } = options;
    const own = { ...(resourceLimits !== undefined && { resourceLimits }), ...(env !== undefined && { env }) };
    this.worker = new this.threads.Worker(workerSource, {
      eval: true,
      name: settings.name,
      workerData,
      transferList: [port2],
      ...own,
    });
    this.ident = this.worker.threadId; // It is -1 afterwards.
    this.port = port1;
    port1.on("message", (message: FromWorker) => {
      this.receive(message);
      this.owner._onProgress();
    });
    this.worker.on("error", (error: unknown) => {
      this.error = error;
    });
    this.worker.on("exit", (code: number) => this.gone(code));
    // Only jobs keep the program alive.
    port1.unref();
    this.worker.unref();
  }

  override room(): number {
    const depth = this.depth();
    // Half empty, it is filled up: a message with many jobs costs what one with a single job does.
    return this.load > depth / 2 && this.load > 1 ? 0 : Math.min(depth - this.load, SLOTS - (this.tail - this.head));
  }

  private depth(): number {
    const usual = this.slots.numbers[USUAL_MS]!;
    return usual === 0 ? 2 : Math.min(SLOTS, Math.max(2, Math.floor(AHEAD_MS / usual)));
  }

  override take(job: Job): void {
    this.load++;
    this.hold();
    this.taken++;
    job.worker = this;
    job.slot = this.tail | 0;
    this.jobs[this.tail & (SLOTS - 1)] = job;
    this.slots.setState(this.tail, QUEUED);
    this.tail++;
    this.outbox.push(job);
  }

  override post(): void {
    const { outbox } = this;
    if (outbox.length === 0) return;
    this.outbox = [];
    try {
      this.postJobs(outbox);
    } catch {
      // Nothing of it has gone: whose fault it was shows when each goes alone.
      for (const job of outbox) this.postAlone(job);
    }
  }

  private postAlone(job: Job): void {
    if (job.worker !== this) return;
    try {
      this.postJobs([job]);
    } catch (error) {
      this.dropped(job);
      const moved = job.transferList;
      const skip = (value: object): boolean => moved?.includes(value) ?? false;
      job.fail(uncloneableError(error, job.args, { root: "args", skip }));
    }
  }

  private postJobs(jobs: readonly Job[]): void {
    const first = jobs[0]!.slot;
    const body: unknown[] = [];
    let moved: object[] | null = null;
    const wires = sharing();
    let shared = false;
    let at = first;
    for (const job of jobs) {
      // Those that were taken back meanwhile leave a gap, which the worker passes over.
      for (; at !== job.slot; at = (at + 1) | 0) body.push(0, 0);
      const args = wires === undefined ? job.args : wires.toWire(job.args);
      if (args !== job.args) shared = true;
      body.push(this.numbers.numberOf(job), job.args.length === 0 ? 0 : args);
      if (job.transferList !== null) (moved ??= []).push(...job.transferList);
      at = (at + 1) | 0;
    }
    const tasks = this.numbers.takeNew();
    try {
      this.send({ kind: "jobs", first, jobs: body, tasks, ...(shared && { shared }) }, moved ?? undefined);
    } catch (error) {
      this.numbers.giveBack(tasks);
      throw error;
    }
  }

  private send(message: ToWorker, moved?: readonly object[]): void {
    this.port.postMessage(message, moved);
    const { words } = this.slots;
    Atomics.add(words, POSTED, 1);
    if (Atomics.load(words, RESTING) === 1) Atomics.notify(words, POSTED);
  }

  private receive(message: FromWorker): void {
    if (message === LOOK) {
      Atomics.store(this.slots.words, SIGNALLED, 0);
    } else if (Array.isArray(message)) {
      const [slot, value, thrown, shared] = message as readonly [number, unknown, ThrownRecord?, true?];
      const job = this.jobs[slot & (SLOTS - 1)];
      if (job !== null && job !== undefined && job.slot === slot) {
        this.dropped(job);
        if (shared) settleShared(job, value);
        else settleJob(job, value, thrown);
      }
    } else if ((message as { kind: string }).kind === "ready") {
      this.isReady = true;
      this.owner._onReady();
    } else {
      const { thrown } = message as { readonly thrown: ThrownRecord };
      this.owner._onInitializerFailed(decodeError(thrown));
    }
    this.collect();
  }

  /** Settles the jobs whose results are in shared memory; they end in the order in which they were sent. */
  private collect(): void {
    while (this.head !== this.tail) {
      const at = this.head & (SLOTS - 1);
      const job = this.jobs[at]!;
      if (job !== null) {
        const state = this.slots.state(this.head);
        if (state < UNDEFINED) return;
        const value = state === NUMBER ? this.slots.numbers[at] : constants[state];
        this.head++;
        this.dropped(job);
        settleJob(job, value, undefined);
      } else {
        this.head++;
      }
    }
  }

  override drain(): void {
    if (this.hasEnded) return;
    for (;;) {
      const received = this.threads.receiveMessageOnPort(this.port);
      if (received === undefined) break;
      this.receive(received.message as FromWorker);
    }
    this.collect();
    if (Atomics.load(this.slots.words, ENDED) === 1) this.gone(Atomics.load(this.slots.words, EXIT_CODE));
  }

  /** The job is not this worker's any more. */
  private dropped(job: Job): void {
    this.jobs[job.slot & (SLOTS - 1)] = null;
    job.worker = null;
    if (--this.load > 0) return;
    this.idleSince = performance.now();
    if (this.isLeaving) return;
    this.isLeaving = true;
    globals.setImmediate!(() => {
      this.isLeaving = false;
      if (this.load > 0 || this.isRetiring) return;
      this.isHeld = false;
      this.worker.unref();
    });
  }

  /** Keeps the program alive. Letting go waits for a turn: one job often follows another, and each change costs 3 µs. */
  private hold(): void {
    if (this.isHeld) return;
    this.isHeld = true;
    this.worker.ref();
  }

  override hasBegun(job: Job): boolean {
    return this.slots.state(job.slot) !== QUEUED;
  }

  override withdraw(job: Job): boolean {
    if (!this.slots.advance(job.slot, QUEUED, WITHDRAWN)) return false;
    this.dropped(job);
    return true;
  }

  override recall(): Job[] {
    const recalled: Job[] = [];
    let most = (this.load - 1) / 2;
    for (let number = this.tail - 1; number >= this.head && recalled.length < most; number--) {
      const job = this.jobs[number & (SLOTS - 1)]!;
      if (job === null) continue;
      // What was moved to the worker cannot be sent again.
      if (job.transferList !== null || !this.withdraw(job)) break;
      recalled.push(job);
      most = Math.max(most, 1);
    }
    return recalled.reverse();
  }

  override interrupt(job: Job): void {
    this.slots.interrupt(job.slot);
    this.send({ kind: "interrupt", job: job.slot });
  }

  override unbegun(): Job[] {
    const jobs: Job[] = [];
    for (let number = this.head; number < this.tail; number++) {
      const job = this.jobs[number & (SLOTS - 1)]!;
      if (job !== null && !this.hasBegun(job)) jobs.push(job);
    }
    return jobs;
  }

  protected override tellEnd(): void {
    this.hold();
    this.send({ kind: "end" });
  }

  override kill(): void {
    if (this.hasEnded) return;
    this.isRetiring = true;
    this.wasToldToEnd = true;
    this.hold();
    void this.worker.terminate();
  }

  private gone(exitCode: number): void {
    if (this.hasEnded) return;
    // It may have said something before its end.
    Atomics.store(this.slots.words, ENDED, 0);
    this.drain();
    this.noteEnd();
    this.port.close();
    const jobs: Job[] = [];
    let running: Job | null = null;
    for (let number = this.head; number < this.tail; number++) {
      const job = this.jobs[number & (SLOTS - 1)]!;
      if (job === null) continue;
      if (this.slots.state(number) !== QUEUED) running = job;
      this.dropped(job);
      jobs.push(job);
    }
    sharing()?.threadEnded(this.ident);
    this.owner._onEnd(this, { exitCode, cause: this.error }, jobs, running);
  }
}

function settleShared(job: Job, wire: unknown): void {
  const wires = sharing();
  if (wires !== undefined) return job.succeed(wires.fromWire(wire));
  const message = `${job.description}, has returned a shared object: import asyncio-ts/threading where it is used`;
  job.fail(new RuntimeError(message));
}

const constants: unknown[] = [];
constants[UNDEFINED] = undefined;
constants[NULL] = null;
constants[FALSE] = false;
constants[TRUE] = true;
