import { taskHere } from "./ambient.ts";
import { getRunningLoop } from "./default-loop.ts";
import type { EventLoop } from "./event-loop.ts";
import type { Task } from "./task.ts";

/**
 * The task whose code calls this; null in a plain callback. Right in native code too, also after a foreign await.
 * Throws `RuntimeError` outside of a running loop. asyncio: `current_task()`.
 */
export function currentTask(loop?: EventLoop | null): Task<unknown> | null {
  const here = loop ?? getRunningLoop();
  const task = taskHere();
  return task !== null && task._loop === here ? task : null;
}

/** The tasks of the loop that are not done, in the order of their creation. asyncio: `all_tasks()`. */
export function allTasks(loop?: EventLoop | null): Set<Task<unknown>> {
  return new Set((loop ?? getRunningLoop())._tasks);
}
