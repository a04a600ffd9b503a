import { type CoroutineLike, notACoroutine } from "../tasks/coroutine-like.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { isCoroutine, isGenerator } from "../tasks/kinds.ts";
import type { Task } from "../tasks/task.ts";
import { Future } from "./future.ts";

/**
 * Runs a coroutine as a task of `loop`, from outside of it; the future can be awaited anywhere. Cancelling the future
 * cancels the task. Within one thread only: another thread calls by a `RemoteLoop`. Throws `TypeError` for what is no
 * coroutine, `RuntimeError` when the loop is closed. asyncio: `run_coroutine_threadsafe()`.
 */
export function runCoroutineThreadsafe<T>(coroutine: CoroutineLike<T>, loop: EventLoop): Future<T> {
  if (!isCoroutine(coroutine) && !isGenerator(coroutine) && typeof coroutine !== "function") {
    throw notACoroutine(coroutine);
  }
  const future = new Future<T>();
  loop.callSoonThreadsafe(() => {
    let task: Task<T>;
    try {
      if (!future.setRunningOrNotifyCancel()) return closeUnstartedCoroutine(coroutine);
      task = loop.createTask(coroutine);
    } catch (error) {
      future.setException(error);
      return;
    }
    future._job = {
      _hasBegun: () => true,
      _withdraw: () => false,
      _interrupt: () => loop.callSoonThreadsafe(() => task.cancel()),
      _canBlock: false,
    };
    task.addDoneCallback(() => {
      if (task.cancelled()) return future._setCancelled();
      const error = task.exception();
      if (error !== null) future.setException(error);
      else future.setResult(task.result());
    });
  });
  return future;
}

function closeUnstartedCoroutine(coroutine: CoroutineLike<unknown>): void {
  if (isCoroutine(coroutine)) coroutine.close();
}
