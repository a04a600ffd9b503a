import { captureFrame, runInFrame } from "../host/frames.ts";
import type { BaseLoop } from "../loop/base-loop.ts";
import type { Context } from "../loop/context.ts";
import { leavesLoop } from "../loop/errors.ts";
import { type Callback, Handle } from "../loop/handle.ts";
import { callbackName } from "../loop/repr.ts";
import type { Runnable } from "../loop/runnable.ts";
import { running } from "../loop/running.ts";

/**
 * What happened outside (a socket has data, a child has ended) enters the loop as a handle, like any callback: in
 * order, never inside a step, and only while the loop runs. A closed loop hears no more.
 */
export function enter<A extends unknown[]>(
  loop: BaseLoop,
  context: Context,
  callback: (...args: A) => void,
  ...args: A
): void {
  if (loop.isClosed()) return;
  loop._enqueue(new Handle(loop, callback as Callback, args.length === 0 ? null : args, context));
}

/**
 * A way from the outside into the loop that is used often: one object, queued anew for each event. `callback` runs as
 * that of a handle would, in the context and the asynchronous frame that this object was made in.
 */
export class Entrance implements Runnable {
  private readonly loop: BaseLoop;
  private readonly context: Context;
  private readonly callback: () => void;
  private readonly frame: unknown;
  private queued: boolean;

  constructor(loop: BaseLoop, context: Context, callback: () => void) {
    this.loop = loop;
    this.context = context;
    this.callback = callback;
    this.frame = captureFrame();
    this.queued = false;
  }

  /** Has the callback called in the loop's next iteration; once, however often this is called before. */
  enter(): void {
    if (this.queued || this.loop.isClosed()) return;
    this.queued = true;
    this.loop._enqueue(this);
  }

  /** The same for an event of the runtime's own, with nothing but the runtime on the stack: cheaper. */
  enterFromHost(): void {
    if (this.queued || this.loop.isClosed()) return;
    this.queued = true;
    this.loop._enqueueFromHost(this);
  }

  /** @internal */
  _run(): void {
    this.queued = false;
    runInFrame(this.frame, this);
  }

  /** @internal */
  _step(): void {
    running.task = null;
    running.context = this.context;
    try {
      this.callback();
    } catch (error) {
      if (leavesLoop(error)) throw error;
      this.loop.callExceptionHandler({
        message: `Exception in callback ${callbackName(this.callback)}`,
        exception: error,
      });
    }
  }

  /** @internal */
  _repr(): string {
    return `<Handle ${callbackName(this.callback)}>`;
  }
}
