import { decodeError } from "../border/decode-error.ts";
import type { ThrownRecord } from "../border/error-record.ts";
import { checkCloneable, uncloneableError } from "../border/uncloneable-error.ts";
import { globals, isDeno } from "../host/globals.ts";
import type { Job } from "./job.ts";
import { type ForkedChild, forkNode } from "./node-fork.ts";
import { PoolWorker, type WorkerOwner } from "./pool-worker.ts";
import { settleJob } from "./settle-job.ts";
import { TaskNumbers } from "./task-numbers.ts";
import type { FromWorker, ToWorker, WorkerSettings } from "./worker-protocol.ts";
import { workerSource } from "./worker-source.ts";

export interface ProcessOptions {
  /** The environment of the processes; default: this one's. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder they run in; default: this one's. */
  readonly cwd?: string;
  /** Options of the runtime (`--max-old-space-size=…`); default: those that this process was started with. */
  readonly execArgv?: readonly string[];
}

/**
 * A worker of a `ProcessPoolExecutor`. It is given one job at a time: what was sent to a process that shares no memory
 * cannot be taken back.
 */
export class ProcessWorker extends PoolWorker {
  private readonly owner: WorkerOwner;
  private readonly child: ForkedChild;
  private readonly numbers: TaskNumbers = new TaskNumbers();
  private job: Job | null = null;
  private isPosted: boolean = false;
  private error: unknown = undefined;
  private failsToStart: boolean = false;

  constructor(owner: WorkerOwner, settings: WorkerSettings, options: ProcessOptions) {
    super(settings.name);
    this.owner = owner;
    this.child = forkNode(workerSource, options);
    this.child.on("message", (message: FromWorker) => this.receive(message));
    this.child.on("error", (error: Error) => {
      this.error = error;
      // A program that cannot be started has no exit.
      if (this.child.pid === undefined) {
        this.failsToStart = true;
        this.gone(null, null);
      }
    });
    this.child.on("exit", (code: number | null, signal: string | null) => this.exited(code, signal));
    this.send(settings);
    this.sleep();
  }

  /** The system's number of the process. */
  get pid(): number | undefined {
    return this.child.pid;
  }

  private sleep(): void {
    if (this.isRetiring) return;
    this.child.unref();
    this.child.channel?.unref?.();
  }

  private wake(): void {
    this.child.ref();
    this.child.channel?.ref?.();
  }

  override room(): number {
    return this.job === null ? 1 : 0;
  }

  override take(job: Job): void {
    this.load = 1;
    this.taken++;
    this.job = job;
    this.isPosted = false;
    job.worker = this;
    job.slot = this.taken;
    this.wake();
  }

  /** Deno's channel breaks from a value that cannot be cloned, instead of refusing it. */
  override post(): void {
    const { job } = this;
    if (job === null || this.isPosted) return;
    this.isPosted = true;
    const body = [this.numbers.numberOf(job), job.args.length === 0 ? 0 : job.args];
    const tasks = this.numbers.takeNew();
    try {
      if (isDeno) checkCloneable(job.args, { border: "process" });
      this.send({ kind: "jobs", first: job.slot, jobs: body, tasks });
    } catch (error) {
      this.numbers.giveBack(tasks);
      this.dropped();
      job.fail(uncloneableError(error, job.args, { root: "args", border: "process" }));
    }
  }

  private send(message: ToWorker | WorkerSettings): void {
    // A process that has just died does not take it; its exit tells.
    this.child.send(message, () => {});
  }

  private receive(message: FromWorker): void {
    if (Array.isArray(message)) {
      const [slot, value, thrown] = message as readonly [number, unknown, ThrownRecord?];
      const { job } = this;
      if (job === null || job.slot !== slot) return;
      this.dropped();
      settleJob(job, value, thrown);
    } else if ((message as { kind: string }).kind === "ready") {
      this.isReady = true;
      this.owner._onReady();
    } else {
      const { thrown } = message as unknown as { readonly thrown: ThrownRecord };
      this.owner._onInitializerFailed(decodeError(thrown));
    }
    this.owner._onProgress();
  }

  override drain(): void {}

  private dropped(): void {
    if (this.job !== null) this.job.worker = null;
    this.job = null;
    this.load = 0;
    this.idleSince = performance.now();
    this.sleep();
  }

  override hasBegun(): boolean {
    return this.isPosted;
  }

  override withdraw(job: Job): boolean {
    if (this.isPosted || job !== this.job) return false;
    this.dropped();
    return true;
  }

  override recall(): Job[] {
    return [];
  }

  override unbegun(): Job[] {
    return this.job !== null && !this.isPosted ? [this.job] : [];
  }

  override interrupt(job: Job): void {
    this.send({ kind: "interrupt", job: job.slot });
  }

  protected override tellEnd(): void {
    this.wake();
    this.send({ kind: "end" });
  }

  override kill(): void {
    if (this.hasEnded) return;
    this.isRetiring = true;
    this.wasToldToEnd = true;
    this.wake();
    // SIGTERM does not end a process that is stopped, or that minds its own handler.
    this.child.kill("SIGKILL");
  }

  /** Its last messages may come after the news of its exit. */
  private exited(code: number | null, signal: string | null): void {
    if (this.failsToStart) return;
    let told = false;
    const tell = (): void => {
      if (told) return;
      told = true;
      this.gone(code, signal);
    };
    if (this.child.connected === false) globals.setImmediate!(tell);
    else this.child.on("disconnect", () => globals.setImmediate!(tell));
    // Something else that holds the other end would keep it open.
    globals.setTimeout(tell, 500);
  }

  private gone(exitCode: number | null, signal: string | null): void {
    if (this.hasEnded) return;
    this.noteEnd();
    const { job } = this;
    this.dropped();
    const jobs = job === null ? [] : [job];
    this.owner._onEnd(this, { exitCode, signal, cause: this.error }, jobs, this.isPosted ? job : null);
  }
}
