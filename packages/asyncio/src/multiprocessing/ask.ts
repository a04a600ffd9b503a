import { OutsideFuture } from "../interop/outside-future.ts";
import { deliverLater } from "../interop/receive.ts";
import { type Delay, toSeconds } from "../loop/delay.ts";
import { type CancelledError, isCancelled } from "../loop/errors.ts";
import { define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { FINISHED } from "../tasks/future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { type Answer, hub } from "./hub.ts";
import type { Ref } from "./messages.ts";
import { pack } from "./shared-object.ts";

/** Gives the result when the time is over. */
export type Otherwise = () => unknown;

/**
 * Asks a shared object and waits for the answer. Cancelling withdraws the question; an item that was on its way goes back
 * to the object. With a timeout, the question is withdrawn, too, and `otherwise` gives the result, or throws.
 */
export function* ask<T>(
  ref: Ref,
  method: string,
  args: readonly unknown[],
  timeout: Delay | null = null,
  otherwise: Otherwise | null = null,
): CoroutineGenerator<T> {
  const loop = getRunningLoop();
  const packed = pack(args, "args", ref.node);
  const future = new OutsideFuture<Answer | null>(loop);
  const call = hub.call(ref, method, packed, (answer) => {
    if (future.done()) answer.taken(false);
    else future.setResult(answer);
  });
  const timer =
    timeout === null || future.done()
      ? null
      : loop.callLater(toSeconds(timeout), () => {
          if (!future.done()) future.setResult(null);
        });
  let answer: Answer | null;
  hub.waitBegins();
  try {
    answer = yield* future;
  } catch (error) {
    answer = isCancelled(error) && future._state === FINISHED ? future.result() : null;
    if (answer === null || answer.item) {
      answer?.taken(false);
      call.cancel();
      throw error;
    }
    // What has been done cannot be undone: that goes first, and the cancellation comes at the next wait.
    deliverLater(error as CancelledError);
  } finally {
    hub.waitEnds();
    timer?.cancel();
  }
  if (answer === null) {
    call.cancel();
    return otherwise!() as T;
  }
  answer.taken(true);
  if (answer.failed) throw answer.value;
  return answer.value as T;
}

/** `ask` as a coroutine of its own. */
export function asking<T>(
  ref: () => Ref,
  method: string,
  args: readonly unknown[],
  timeout: Delay | null = null,
  otherwise: Otherwise | null = null,
): FunctionCoroutine<T> {
  return new FunctionCoroutine<T>(definitionOf(method), undefined, [ref, method, args, timeout, otherwise]);
}

function* askBody(
  ref: () => Ref,
  method: string,
  args: readonly unknown[],
  timeout: Delay | null,
  otherwise: Otherwise | null,
): CoroutineGenerator<unknown> {
  return yield* ask(ref(), method, args, timeout, otherwise);
}

const definitions: Map<string, ReturnType<typeof define>> = new Map();

/** One for each method's name, which is the coroutine's in reports. */
function definitionOf(method: string): ReturnType<typeof define> {
  let definition = definitions.get(method);
  if (definition === undefined) {
    definition = define(askBody as never, method);
    definitions.set(method, definition);
  }
  return definition;
}
