import { globals } from "../host/globals.ts";
import type { WorkerEnd } from "./executor-errors.ts";
import type { Job } from "./job.ts";

/** What a worker tells its pool. */
export interface WorkerOwner {
  /** It has loaded its initializer and takes jobs; it had been given some before. @internal */
  _onReady(): void;
  /** @internal */
  _onInitializerFailed(error: unknown): void;
  /** Some of its jobs may be done: it may have room for more. @internal */
  _onProgress(): void;
  /** It is gone. `jobs` had not ended; `running` is the one that ran, where that is known. @internal */
  _onEnd(worker: PoolWorker, end: WorkerEnd, jobs: readonly Job[], running: Job | null): void;
}

/** A thread or process of a pool, from the pool's side. */
export abstract class PoolWorker {
  readonly name: string;
  /** Jobs that it was given and that have not ended. */
  load: number = 0;
  /** Jobs that it was ever given. */
  taken: number = 0;
  isReady: boolean = false;
  /** It gets no more jobs: it has been told to end, or was killed. */
  isRetiring: boolean = false;
  /** Its end was asked for: it is no surprise. */
  wasToldToEnd: boolean = false;
  hasEnded: boolean = false;
  /** When its last job ended, by `performance.now()`. */
  idleSince: number = performance.now();

  private endTimer: unknown = undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** How many jobs it takes now. */
  abstract room(): number;
  /** Takes a job; nothing is sent before `post()`. */
  abstract take(job: Job): void;
  abstract post(): void;
  /** Settles what has ended; without the event loop where that is possible. */
  abstract drain(): void;
  abstract hasBegun(job: Job): boolean;
  /** Takes a job back; false when it has begun. */
  abstract withdraw(job: Job): boolean;
  /** Takes back the later half of what has not begun, in order. */
  abstract recall(): Job[];
  /** The jobs under way that have not begun, as far as is known. */
  abstract unbegun(): Job[];
  abstract interrupt(job: Job): void;
  protected abstract tellEnd(): void;
  /** Ends it now, whatever it does. */
  abstract kill(): void;

  /** Tells the worker to end when it has done what it has. One that does not, though it has nothing to do, is killed. */
  end(): void {
    if (this.isRetiring) return;
    this.isRetiring = true;
    this.wasToldToEnd = true;
    this.tellEnd();
    const insist = (): void => {
      if (this.load === 0) this.kill();
      else this.endTimer = globals.setTimeout(insist, END_GRACE_MS);
    };
    this.endTimer = globals.setTimeout(insist, END_GRACE_MS);
  }

  protected noteEnd(): void {
    globals.clearTimeout(this.endTimer);
    this.hasEnded = true;
    this.isRetiring = true;
  }
}

/** How long an idle worker may take to end when it is told to: it may be stopped, or burn time in what a job left. */
const END_GRACE_MS = 2000;
