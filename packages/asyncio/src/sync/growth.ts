import { repr } from "../loop/repr.ts";
import { captureStack } from "../loop/stack.ts";
import { runningLoopOrNull } from "../tasks/default-loop.ts";
import { madeAt } from "../tasks/wanted-places.ts";

/** A queue without limit is remarkable from this size on, and then whenever it has doubled. */
export const REMARKABLE = 10_000;

/** Debug mode: reports that `queue`, which has no limit, has reached `size`; `by` is the coroutine that puts, if any. */
export function reportGrowth(queue: object, size: number, by: object | null): void {
  const loop = runningLoopOrNull();
  if (loop === null || !loop.getDebug()) return;
  const made = by === null ? undefined : madeAt.get(by);
  const place = made?.place ?? captureStack().place;
  loop._warn(
    `${repr(queue)} has grown to ${size} items${place === null ? "" : `, put at ${place}`}; ` +
      "without a maxsize producers never wait for their consumers",
  );
}
