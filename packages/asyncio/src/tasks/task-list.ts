import type { Task } from "./task.ts";

/**
 * The pending tasks of a loop, in the order of their creation. Held strongly (asyncio's weak set loses tasks that nobody
 * else refers to), linked through the tasks themselves: adding and removing is two assignments, no set.
 */
export class TaskList {
  private first: Task<unknown> | null = null;
  private last: Task<unknown> | null = null;

  add(task: Task<unknown>): void {
    task._previous = this.last;
    if (this.last === null) this.first = task;
    else this.last._next = task;
    this.last = task;
  }

  delete(task: Task<unknown>): void {
    const { _previous: previous, _next: next } = task;
    if (previous === null) this.first = next;
    else previous._next = next;
    if (next === null) this.last = previous;
    else next._previous = previous;
    task._previous = task._next = null;
  }

  *[Symbol.iterator](): IterableIterator<Task<unknown>> {
    for (let task = this.first; task !== null; task = task._next) yield task;
  }
}
