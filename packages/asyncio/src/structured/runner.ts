import { globals } from "../host/globals.ts";
import { toMilliseconds } from "../host/node.ts";
import type { Context } from "../loop/context.ts";
import { copyContext } from "../loop/context.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { RuntimeError } from "../loop/errors.ts";
import type { Awaitable } from "../tasks/awaitable.ts";
import { type CoroutineLike, notACoroutine } from "../tasks/coroutine-like.ts";
import { newEventLoop, runningLoopOrNull } from "../tasks/default-loop.ts";
import type { EventLoop } from "../tasks/event-loop.ts";
import { isAwaitable, isCoroutine, isGenerator } from "../tasks/kinds.ts";
import { inForeignAwait } from "../tasks/native-step.ts";
import { cancelOrphans } from "../tasks/open-waits.ts";
import type { Task } from "../tasks/task.ts";
import { gather } from "./gather.ts";
import { handleInterrupts } from "./interrupts.ts";
import { sleep } from "./sleep.ts";

const DEFAULT_GRACE: Delay = "10s";

export interface RunnerOptions {
  /** Switches the loop's debug mode on or off; default: by the environment variable `ASYNCIO_TS_DEBUG`. */
  readonly debug?: boolean;
  /** Makes the loop; default `newEventLoop`. */
  readonly loopFactory?: () => EventLoop;
  /**
   * How long the end waits for cancelled tasks that wait for nothing but promises that are not ours, which nothing can
   * interrupt. Then they are reported and given up. Real time; default 10 s, null: for ever.
   */
  readonly shutdownGrace?: Delay | null;
}

export interface RunOptions extends RunnerOptions {
  /** Aborting it cancels the main task. */
  readonly signal?: AbortSignal;
  /** Cancel the main task on SIGINT and SIGTERM; default true on the main thread where nobody else listens. */
  readonly handleSignals?: boolean;
}

/**
 * Runs several main coroutines one after the other in one loop and one context. asyncio: `Runner`.
 * Close it, or `await using runner = new Runner()`.
 */
export class Runner {
  private readonly options: RunnerOptions;
  private loop: EventLoop | null = null;
  private context: Context | null = null;
  private closed: boolean = false;

  constructor(options: RunnerOptions = {}) {
    toGrace(options.shutdownGrace);
    this.options = options;
  }

  /** The loop, made on first use. Throws `RuntimeError` when the runner is closed. */
  getLoop(): EventLoop {
    if (this.closed) throw new RuntimeError("Runner is closed");
    if (this.loop === null) {
      this.loop = (this.options.loopFactory ?? newEventLoop)();
      if (this.options.debug !== undefined) this.loop.setDebug(this.options.debug);
      this.context = copyContext();
    }
    return this.loop;
  }

  /**
   * Runs a coroutine to its end and gives its result. Rejects with its error, with `KeyboardInterrupt` after SIGINT or
   * SIGTERM, with `RuntimeError` inside a running loop and when nothing is left that could wake the loop.
   */
  async run<T>(
    main: CoroutineLike<T>,
    options: { readonly context?: Context; readonly signal?: AbortSignal; readonly handleSignals?: boolean } = {},
  ): Promise<T> {
    if (runningLoopOrNull() !== null) {
      throw new RuntimeError(
        "Runner.run() cannot be called from a running event loop; await the coroutine, or createTask() it",
      );
    }
    const loop = this.getLoop();
    const task = loop.createTask(toCoroutine(main), { context: options.context ?? this.context! });
    const interrupts = handleInterrupts(task as never, options.handleSignals);
    const { signal } = options;
    const abort = (): void => void task.cancel(signal?.reason);
    if (signal?.aborted === true) abort();
    else signal?.addEventListener("abort", abort, { once: true });
    try {
      return await loop.runUntilComplete(task);
    } catch (error) {
      throw interrupts.translate(error);
    } finally {
      interrupts.stop();
      signal?.removeEventListener("abort", abort);
    }
  }

  /** Cancels what is left, waits for it, reports its errors and closes the loop. A second call does nothing. */
  async close(): Promise<void> {
    if (this.closed) return;
    const { loop } = this;
    this.closed = true;
    if (loop === null) return;
    try {
      await cancelEverything(loop, toGrace(this.options.shutdownGrace));
      await loop.runUntilComplete(() => loop.shutdownAsyncgens());
      if (loop._executor !== null) await loop.runUntilComplete(loop._executor.end());
    } catch (error) {
      // What is left cannot end. The result of the run stands; close() reports the tasks as destroyed.
      loop.callExceptionHandler({ message: "asyncio.run() shutdown could not wait for all tasks", exception: error });
    } finally {
      loop.close();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

/**
 * Runs a program: makes a loop, runs `main` to its end, cancels what is left, closes the loop and gives the result.
 * Several may run side by side at top level; inside a task it is an error. asyncio: `run()`.
 */
export async function run<T>(main: CoroutineLike<T>, options: RunOptions = {}): Promise<T> {
  if (runningLoopOrNull() !== null) {
    throw new RuntimeError(
      "asyncio.run() cannot be called from a running event loop; await the coroutine, or createTask() it",
    );
  }
  const runner = new Runner(options);
  try {
    return await runner.run(main, options);
  } finally {
    await runner.close();
  }
}

function toCoroutine<T>(main: CoroutineLike<T>): CoroutineLike<T> {
  if (isCoroutine(main) || isGenerator(main) || typeof main === "function") return main;
  if (!isAwaitable(main)) throw notACoroutine(main);
  const awaitable = main as Awaitable<T>;
  return function* awaitMain() {
    return yield* awaitable;
  };
}

async function cancelEverything(loop: EventLoop, grace: number | null): Promise<void> {
  const tasks = [...loop._tasks];
  const orphans = [...loop._orphans];
  for (const task of tasks) task.cancel();
  for (const task of orphans) cancelOrphans(task);
  const stopWatching = giveUpForeignWaits(loop, grace);
  try {
    if (tasks.length > 0) {
      await loop.runUntilComplete(gather(tasks, { returnExceptions: true }));
    } else if (orphans.length > 0) {
      await loop.runUntilComplete(() => sleep(0));
    }
  } finally {
    stopWatching();
    reportErrors(loop, tasks);
  }
}

function reportErrors(loop: EventLoop, tasks: readonly Task<unknown>[]): void {
  for (const task of tasks) {
    if (!task.done() || task.cancelled()) continue;
    const error = task.exception();
    if (error === null) continue;
    loop.callExceptionHandler({
      message: "unhandled exception during asyncio.run() shutdown",
      exception: error,
      task,
    });
  }
}

/** Ends the loop when nothing but promises of others could still wake it, and `grace` seconds have passed. */
function giveUpForeignWaits(loop: EventLoop, grace: number | null): () => void {
  if (grace === null) return () => {};
  const watch = (): void => {
    if (!loop._sleepsForever() || ![...loop._tasks].some(inForeignAwait)) {
      timer = inRealTime(grace, watch);
      return;
    }
    loop._interrupt(
      new RuntimeError(
        `cancelled ${grace} s ago, these tasks wait for promises that nothing can interrupt:\n${loop._describeWaiting()}`,
      ),
    );
  };
  let timer = inRealTime(grace, watch);
  return () => globals.clearTimeout(timer);
}

/** A timer that does not keep the process alive, where the runtime has such. */
function inRealTime(seconds: number, callback: () => void): unknown {
  const timer = globals.setTimeout(callback, toMilliseconds(seconds));
  (timer as { unref?(): void }).unref?.();
  return timer;
}

function toGrace(grace: Delay | null | undefined): number | null {
  return grace === null ? null : toSeconds(grace ?? DEFAULT_GRACE);
}
