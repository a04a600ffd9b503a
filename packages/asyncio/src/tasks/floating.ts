import { host } from "../host/detect.ts";
import { globals, isBun, isDeno, nodeProcess } from "../host/globals.ts";
import { type CancelledError, isCancelled } from "../loop/errors.ts";
import type { EventLoop } from "./event-loop.ts";
import { taskLabel } from "./task-report.ts";

const loops = new Set<EventLoop>();
/** A rejection that is none of ours is on its way to the runtime. */
let suspended = false;

/**
 * A helper that native code started and did not await is cancelled with its task, and its promise, which nobody looks
 * at, rejects: the runtime would end the process for it. Such rejections go to the loop's exception handler instead;
 * all others go the runtime's own way, as if nobody listened here.
 */
export function watchFloatingHelpers(loop: EventLoop): () => void {
  const process = nodeProcess;
  if (process === undefined) return () => {};
  if (loops.size === 0 && !suspended) process.on("unhandledRejection", onUnhandledRejection as never);
  loops.add(loop);
  // A runtime tells of a rejection when it has nothing else to do: after a virtual run, that is after its end.
  return () =>
    host.macrotask(() => {
      if (loop.isRunning()) return;
      loops.delete(loop);
      if (loops.size === 0) process.off("unhandledRejection", onUnhandledRejection as never);
    });
}

function onUnhandledRejection(reason: unknown): void {
  if (isCancelled(reason)) {
    for (const loop of loops) {
      const task = loop._taskCancelledWith(reason as CancelledError);
      if (task === undefined) continue;
      loop.callExceptionHandler({
        message: `A helper that ${taskLabel(task)} did not await was cancelled with it`,
        exception: reason,
        task,
      });
      return;
    }
  }
  const process = nodeProcess!;
  if (process.listenerCount("unhandledRejection") > 1) return; // Others listen; they have been told, too.
  if (isBun) return endBun(reason);
  // Deno judges the fresh rejection below late; an error of a listener it takes at once.
  if (isDeno) throw reason;
  // Alone, this listener would silence the error. A fresh rejection without it takes the runtime's own way.
  process.off("unhandledRejection", onUnhandledRejection as never);
  suspended = true;
  void Promise.reject(reason);
  host.macrotask(() => {
    suspended = false;
    if (loops.size > 0) process.on("unhandledRejection", onUnhandledRejection as never);
  });
}

/** Bun goes on after an error of a listener and after a late rejection; without a listener it would have stopped. */
function endBun(reason: unknown): void {
  const process = nodeProcess!;
  if (process.listenerCount("uncaughtException") > 0) {
    process.emit("uncaughtException", reason, "unhandledRejection");
    return;
  }
  globals.console.error(reason);
  process.exit(1);
}
