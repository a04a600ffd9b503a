import type { CoroutineLike } from "../tasks/coroutine-like.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { ChildRoot, nextTask, type Scope } from "../tasks/scope.ts";
import type { Task, TaskOptions } from "../tasks/task.ts";

/** Makes a task that lives inside the cancel scopes around `scope`, if there are any. */
export function createChildTask<T>(
  loop: EventLoop,
  scope: Scope | null,
  coroutine: CoroutineLike<T>,
  options?: TaskOptions,
): Task<T> {
  if (scope === null || scope._cancelScope === null) return loop.createTask(coroutine, options);
  const root = new ChildRoot();
  root._enterFrom(scope);
  return withRoot(root, () => loop.createTask(coroutine, options));
}

/** Makes a task that begins inside `root`. */
export function withRoot<T>(root: Scope, make: () => Task<T>): Task<T> {
  nextTask.root = root;
  try {
    return make();
  } finally {
    nextTask.root = null;
  }
}
