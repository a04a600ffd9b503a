import { type Delay, toSeconds } from "../loop/delay.ts";
import { RuntimeError } from "../loop/errors.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import type { Future as LoopFuture } from "../tasks/future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Executor } from "./executor.ts";
import { asLoopFuture, type Future } from "./future.ts";
import { ThreadPoolExecutor } from "./thread-pool-executor.ts";
import { waitAsync } from "./wait.ts";
import { checkTask, type WorkerTask } from "./worker-task.ts";

/** What a loop has of executors. */
class DefaultExecutor {
  executor: ThreadPoolExecutor | null = null;
  isShutdown: boolean = false;
  private readonly loop: EventLoop;

  constructor(loop: EventLoop) {
    this.loop = loop;
  }

  get(): ThreadPoolExecutor {
    if (this.isShutdown) throw new RuntimeError("Executor shutdown has been called");
    // A job that ends its worker is no reason to do without threads for the rest of the program.
    this.executor ??= new ThreadPoolExecutor({ threadNamePrefix: "asyncio", onWorkerDeath: "replace" });
    return this.executor;
  }

  /** For the end of a run. */
  end(): Coroutine<void> {
    return shutdownDefaultExecutor(this.loop, SHUTDOWN_TIMEOUT);
  }

  closed(): void {
    this.isShutdown = true;
    this.executor?.shutdown({ wait: false });
    this.executor = null;
  }
}

/** asyncio's, for the end of `run()`. */
const SHUTDOWN_TIMEOUT: Delay = 300;

function of(loop: EventLoop): DefaultExecutor {
  loop._executor ??= new DefaultExecutor(loop);
  return loop._executor as DefaultExecutor;
}

export function runInExecutor<A extends readonly unknown[], R>(
  loop: EventLoop,
  executor: Executor | null,
  task: WorkerTask<A, R>,
  args: A,
): LoopFuture<R> {
  loop._checkClosed();
  checkTask(task);
  return asLoopFuture<R>((executor ?? of(loop).get()).submit(task, ...args) as Future<R>, loop);
}

export function setDefaultExecutor(loop: EventLoop, executor: ThreadPoolExecutor): void {
  if (!(executor instanceof ThreadPoolExecutor)) throw new TypeError("executor must be ThreadPoolExecutor instance");
  of(loop).executor = executor;
}

export function shutdownDefaultExecutor(loop: EventLoop, timeout: Delay | null): Coroutine<void> {
  return new FunctionCoroutine(shutdownDefinition, undefined, [loop, timeout]);
}

function* shutdownBody(loop: EventLoop, timeout: Delay | null): CoroutineGenerator<void> {
  const seconds = timeout === null ? null : toSeconds(timeout);
  const own = of(loop);
  own.isShutdown = true;
  const { executor } = own;
  if (executor === null) return;
  const { notDone } = yield* waitAsync([executor.shutdown()], { timeout: seconds });
  if (notDone.size === 0) return;
  loop._warn(`The executor did not finishing joining its threads within ${seconds} seconds.`);
  executor.terminateWorkers();
}

const shutdownDefinition = define(shutdownBody as never, "shutdownDefaultExecutor");
