import { globals } from "../host/globals.ts";
import type { Job } from "./job.ts";

/** Jobs that were asked to stop, each with the moment when its worker is ended instead. */
export class SupervisedEnd {
  private readonly timers: Map<Job, unknown> = new Map();

  watch(job: Job, graceMs: number, terminate: () => void): void {
    this.timers.set(
      job,
      globals.setTimeout(() => {
        this.timers.delete(job);
        terminate();
      }, graceMs),
    );
  }

  release(job: Job): void {
    const timer = this.timers.get(job);
    if (timer === undefined) return;
    this.timers.delete(job);
    globals.clearTimeout(timer);
  }
}
