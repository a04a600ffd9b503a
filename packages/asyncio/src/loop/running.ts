import type { Context } from "./context.ts";
import type { GuestLoop } from "./guest-loop.ts";

/**
 * Who runs at this moment. Valid only during the synchronous part of a handle or a step: `loop` is null otherwise, and
 * native code that continues in a microtask is found through the ambient frame instead (tasks/native-scope.ts).
 * One object, so that every module reads the same fields.
 */
export const running: {
  loop: GuestLoop | null;
  /** The task whose step runs; null in a plain callback. The loop does not know what a task is. */
  task: object | null;
  /** The generator coroutine that native code of `task` awaits, while it runs. */
  driver: object | null;
  context: Context | null;
} = { loop: null, task: null, driver: null, context: null };

/** How native code that runs outside the synchronous part of a step finds its context and loop; set by `tasks/`. */
export const ambientLookup: { context: () => Context | null; loop: () => GuestLoop | null } = {
  context: () => null,
  loop: () => null,
};

/** The loop whose callback or task runs here; null outside. */
export function runningLoopHere(): GuestLoop | null {
  return running.loop ?? ambientLookup.loop();
}
