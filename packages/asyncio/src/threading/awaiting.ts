import { globals } from "../host/globals.ts";
import { LONGEST_TIMER_MS } from "../host/host.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import { OutsideFuture } from "../tasks/outside-future.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import type { Operation } from "./operation.ts";
import { WAITING } from "./shared-memory.ts";

/** Carries an operation out in the calling task. Cancelled, it has taken nothing. */
export function awaiting<T>(operation: Operation<T>, method: Method): Coroutine<T> {
  return new FunctionCoroutine<T>(method, undefined, [operation]);
}

/** The definition of a method whose coroutine is nothing but an operation. */
export function asyncMethod(name: string): Method {
  return define(awaitSteps as never, name);
}

type Method = ReturnType<typeof define>;

export function* awaitSteps<T>(operation: Operation<T>): CoroutineGenerator<T> {
  if (!operation.start()) yield* awaitInLine(operation);
  return operation.result;
}

/** The same for one that stands in line. */
export function* awaitInLine(operation: Operation<unknown>): CoroutineGenerator<void> {
  do {
    const future = new OutsideFuture<void>({ loop: getRunningLoop() });
    let woken = false;
    try {
      watch(operation, future);
      yield* future;
      woken = true;
    } finally {
      if (!woken) operation.giveUp();
    }
  } while (!operation.goOn());
}

/** Settles `future` when the operation is woken. */
function watch(operation: Operation<unknown>, future: OutsideFuture<void>): void {
  const { memory, place } = operation;
  const index = memory.placeAt(place);
  const change = wordChange.of(memory.words, index, WAITING);
  if (change === null) return future.setResult();
  keepAlive(1);
  void change.then(() => {
    keepAlive(-1);
    if (future.done() || operation.place !== place) return;
    if (Atomics.load(memory.words, index) === WAITING) return watch(operation, future);
    // A task of a closed loop will never go on.
    if (future._loop.isClosed()) operation.giveUp();
    else future.setResult();
  });
}

/** Settles when somebody notifies a word; null when it has another value already. */
type WordChange = (words: Int32Array, index: number, value: number) => PromiseLike<unknown> | null;

interface AsyncAtomics {
  waitAsync?(
    words: Int32Array,
    index: number,
    value: number,
  ): { readonly async: false } | { readonly async: true; readonly value: Promise<string> };
}

const { waitAsync } = Atomics as AsyncAtomics;

/** The way to wait for a word. An object, so that tests can exchange it. */
export const wordChange: { of: WordChange } = { of: typeof waitAsync === "function" ? byEngine : byLooking };

function byEngine(words: Int32Array, index: number, value: number): PromiseLike<unknown> | null {
  const waiting = waitAsync!(words, index, value);
  return waiting.async ? waiting.value : null;
}

/**
 * For engines without `Atomics.waitAsync`; all runtimes that are tested have it. It looks after 1, 2, 4 … 32 ms: a
 * message would need a channel between any two threads that have the object.
 */
export function byLooking(words: Int32Array, index: number, value: number): PromiseLike<unknown> | null {
  if (Atomics.load(words, index) !== value) return null;
  return new Promise<void>((resolve) => {
    const look = (ms: number): void => {
      if (Atomics.load(words, index) !== value) resolve();
      else globals.setTimeout(() => look(Math.min(32, ms * 2)), ms);
    };
    look(1);
  });
}

let waits = 0;
let timer: unknown = null;

/** A promise of the engine keeps no process alive: a timer does, as long as anybody waits. */
function keepAlive(change: 1 | -1): void {
  waits += change;
  if (waits > 0) timer ??= globals.setInterval(() => {}, LONGEST_TIMER_MS);
  if (waits > 0 || timer === null) return;
  globals.clearInterval(timer);
  timer = null;
}
