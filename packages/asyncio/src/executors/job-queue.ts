import type { Job } from "./job.ts";

/** The jobs that no worker has yet. One that is cancelled is forgotten at once and left out when its turn comes. */
export class JobQueue {
  private items: Job[] = [];
  private first: number = 0;
  private readonly waiting: Set<Job> = new Set();

  get size(): number {
    return this.waiting.size;
  }

  push(job: Job): void {
    this.items.push(job);
    this.waiting.add(job);
  }

  /** Jobs that come back go before all others. */
  putBack(jobs: readonly Job[]): void {
    if (jobs.length === 0) return;
    this.items = jobs.concat(this.items.slice(this.first));
    this.first = 0;
    for (const job of jobs) this.waiting.add(job);
  }

  shift(): Job | undefined {
    while (this.first < this.items.length) {
      const job = this.items[this.first]!;
      this.items[this.first++] = undefined as never;
      if (this.first > 1024 && this.first * 2 > this.items.length) this.compact();
      if (this.waiting.delete(job)) return job;
    }
    return undefined;
  }

  /** A job that is not to be run any more. */
  forget(job: Job): void {
    if (this.waiting.delete(job) && this.items.length - this.first > 1024 + 4 * this.waiting.size) this.compact();
  }

  /** Everything that waits; the queue is empty then. */
  takeAll(): Job[] {
    const jobs = [...this.waiting];
    this.items = [];
    this.first = 0;
    this.waiting.clear();
    return jobs;
  }

  private compact(): void {
    this.items = this.items.slice(this.first).filter((job) => this.waiting.has(job));
    this.first = 0;
  }
}
