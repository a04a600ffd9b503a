import type { Job } from "./job.ts";
import { chunkOf } from "./worker-protocol.ts";
import type { TaskDefinition, WorkerTask } from "./worker-task.ts";

type Numbered = readonly [number: number, definition: TaskDefinition];

/** What a worker knows tasks by: each definition is sent to it once. */
export class TaskNumbers {
  private readonly numbers: Map<WorkerTask, number> = new Map();
  private fresh: Numbered[] | null = null;

  numberOf(job: Job): number {
    let number = this.numbers.get(job.task);
    if (number === undefined) {
      number = this.numbers.size;
      this.numbers.set(job.task, number);
      this.fresh ??= [];
      this.fresh.push([number, job.task._definition]);
    }
    return job.isChunk ? chunkOf(number) : number;
  }

  /** The definitions that have to go with the next message; null when there are none. */
  takeNew(): readonly Numbered[] | null {
    const { fresh } = this;
    this.fresh = null;
    return fresh;
  }

  /** The message could not be sent. */
  giveBack(tasks: readonly Numbered[] | null): void {
    if (tasks !== null) this.fresh = [...tasks, ...(this.fresh ?? [])];
  }
}
