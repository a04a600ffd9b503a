import { type CoroutineLike, closeUnstarted } from "./coroutine-like.ts";
import { getRunningLoop } from "./default-loop.ts";
import type { EventLoop, TaskFactory } from "./event-loop.ts";
import { Task, type TaskOptions } from "./task.ts";

/**
 * Runs a coroutine concurrently, as a task of the running loop. Throws `RuntimeError` outside of one and `TypeError` for
 * what is no coroutine, a promise above all: it is running already. asyncio: `create_task()`.
 */
export function createTask<T>(coroutine: CoroutineLike<T>, options: TaskOptions = {}): Task<T> {
  let loop: EventLoop;
  try {
    loop = getRunningLoop();
  } catch (error) {
    closeUnstarted(coroutine);
    throw error;
  }
  return loop.createTask(coroutine, options);
}

/** Makes a task factory whose tasks start eagerly, of a class of tasks. asyncio: `create_eager_task_factory()`. */
export function createEagerTaskFactory(
  make: <T>(coroutine: CoroutineLike<T>, loop: EventLoop, options: TaskOptions) => Task<T>,
): TaskFactory {
  return (loop, coroutine, options) => make(coroutine, loop, { eagerStart: true, ...options });
}

/** For `loop.setTaskFactory`: tasks run their first step inside `createTask`. asyncio: `eager_task_factory`. */
export const eagerTaskFactory: TaskFactory = createEagerTaskFactory(
  (coroutine, loop, options) => new Task(coroutine, loop, options),
);
