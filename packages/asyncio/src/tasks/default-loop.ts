import { RuntimeError } from "../loop/errors.ts";
import { runningLoopHere } from "../loop/running.ts";
import { copiesHint } from "./copies.ts";
import type { EventLoop } from "./event-loop.ts";

let makeLoop: () => EventLoop = () => {
  throw new RuntimeError("no event loop class has been registered");
};
let threadLoop: EventLoop | null = null;

/** The loop that `newEventLoop()`, `getEventLoop()` and `run()` make unless told otherwise; returns the previous factory. */
export function setDefaultLoopFactory(factory: () => EventLoop): () => EventLoop {
  const before = makeLoop;
  makeLoop = factory;
  return before;
}

/** A new event loop. asyncio: `new_event_loop()`. */
export function newEventLoop(): EventLoop {
  return makeLoop();
}

/** The loop whose callback or coroutine calls this; null outside. */
export function runningLoopOrNull(): EventLoop | null {
  return runningLoopHere() as EventLoop | null;
}

/** The loop whose callback or coroutine calls this. Throws `RuntimeError` outside. asyncio: `get_running_loop()`. */
export function getRunningLoop(): EventLoop {
  const loop = runningLoopOrNull();
  if (loop === null) throw noRunningLoop();
  return loop;
}

export function noRunningLoop(advice: string = ""): RuntimeError {
  const hint = copiesHint();
  return new RuntimeError(`no running event loop${advice}${hint === null ? "" : `; ${hint}`}`);
}

/**
 * The running loop, else the thread's default loop, made on first use (and anew when it has been closed).
 * asyncio before 3.14: `get_event_loop()`. New programs use `run()` and `getRunningLoop()`.
 */
export function getEventLoop(): EventLoop {
  const loop = runningLoopOrNull();
  if (loop !== null) return loop;
  if (threadLoop === null || threadLoop.isClosed()) threadLoop = makeLoop();
  return threadLoop;
}

/** Sets the thread's default loop, which `getEventLoop()` gives outside of a running one. */
export function setEventLoop(loop: EventLoop | null): void {
  threadLoop = loop;
}
