import { repr } from "../loop/repr.ts";
import type { Runnable } from "../loop/runnable.ts";
import { debugRegistries } from "../tasks/debug-registries.ts";
import type { Task } from "../tasks/task.ts";
import type { Guard } from "./guard.ts";

/** What the watch needs to know of a lock. */
interface Watched {
  readonly _guard: Guard | null;
}

const watched = new WeakMap<Task<unknown>, Set<Watched>>();
// That a task is watched for holding a lock does not mean that it still knows the lock.
debugRegistries.push((task) => watched.get(task));

/** Debug mode: tells when `task`, which has acquired `lock`, ends without releasing it. */
export function watchHolder(lock: Watched, task: Task<unknown>): void {
  let locks = watched.get(task);
  if (locks === undefined) {
    locks = new Set();
    watched.set(task, locks);
    task._addCallback(new HolderWatch(task, locks));
  }
  locks.add(lock);
}

/** The lock has been released. */
export function unwatchHolder(lock: Watched, task: Task<unknown>): void {
  watched.get(task)?.delete(lock);
}

class HolderWatch implements Runnable {
  private readonly task: Task<unknown>;
  private readonly locks: Set<Watched>;

  constructor(task: Task<unknown>, locks: Set<Watched>) {
    this.task = task;
    this.locks = locks;
  }

  _run(): void {
    const { task } = this;
    watched.delete(task);
    for (const lock of this.locks) {
      const guard = lock._guard;
      // A task whose result is the guard has handed it on: createTask(lock.acquire()).
      if (guard === null || guard._task !== task || task._value === guard) continue;
      task._loop._warn(`${repr(lock)} was acquired by ${repr(task)}, which has ended without releasing it`);
    }
  }

  _repr(): string {
    return "<HolderWatch>";
  }
}
