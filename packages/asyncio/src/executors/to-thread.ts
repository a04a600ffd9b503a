import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { WorkerTask } from "./worker-task.ts";

/**
 * Runs a task in a thread of the loop's default executor, and gives its result. Cancelling it takes the job back, or
 * tells it to stop. Context variables do not go with it: other threads share no values. asyncio: `to_thread()`.
 */
export function toThread<A extends readonly unknown[], R>(task: WorkerTask<A, R>, ...args: A): Coroutine<R> {
  return new FunctionCoroutine(threadDefinition, undefined, [task, args]);
}

function* threadBody(task: WorkerTask, args: readonly unknown[]): CoroutineGenerator<unknown> {
  return yield* getRunningLoop().runInExecutor(null, task, ...args);
}

const threadDefinition = define(threadBody as never, "toThread");
