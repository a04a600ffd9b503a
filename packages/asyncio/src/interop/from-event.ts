import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { abortError } from "./abort-error.ts";
import { checkSource, type Emitter, Listeners, type Target } from "./emitter.ts";
import { OutsideFuture } from "./outside-future.ts";
import { receive } from "./receive.ts";

export interface EventOptions {
  /** Ends the wait with an AbortError whose cause is the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Waits for the next event `name` and gives what it was emitted with, in an array; of an EventTarget that is the event.
 * It listens from the moment it is awaited. An `error` event of an EventEmitter fails the wait, unless it is the one that
 * is waited for. The listeners are removed in every case, also when the waiting task is cancelled.
 *
 * Throws `TypeError` for what emits no events. Node: `events.once()`.
 */
export function fromEvent<A extends unknown[] = unknown[]>(
  emitter: Emitter,
  name: string | symbol,
  options?: EventOptions,
): Coroutine<A>;
export function fromEvent<E = Event>(target: Target, name: string, options?: EventOptions): Coroutine<[E]>;
export function fromEvent(
  source: Emitter | Target,
  name: string | symbol,
  options: EventOptions = {},
): Coroutine<unknown[]> {
  checkSource("fromEvent", source);
  return new FunctionCoroutine(fromEventDefinition, undefined, [source, name, options.signal]);
}

function* fromEventBody(
  source: Emitter | Target,
  name: string | symbol,
  signal: AbortSignal | undefined,
): CoroutineGenerator<unknown[]> {
  if (signal?.aborted === true) throw abortError(signal);
  const future = new OutsideFuture<unknown[]>({ loop: getRunningLoop() });
  const listeners = new Listeners(source);
  const abort = (): void => fail(abortError(signal!));
  const fail = (error: unknown): void => {
    if (!future.done()) future.setException(error);
  };
  try {
    listeners.add(name, (...args) => {
      if (!future.done()) future.setResult(args);
    });
    listeners.addForErrors(name, fail);
    signal?.addEventListener("abort", abort);
    return yield* receive(future);
  } finally {
    listeners.removeAll();
    signal?.removeEventListener("abort", abort);
  }
}

const fromEventDefinition = define(fromEventBody as never, "fromEvent");
