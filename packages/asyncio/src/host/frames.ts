import { builtin, globals, isDeno } from "./globals.ts";

/*
 * Asynchronous frames: what `AsyncLocalStorage` holds at a moment. Loggers, request ids and OpenTelemetry live there.
 * Whoever drains a shared ready queue would run everything in its own frame (p-queue#200, effect#6124), so every task
 * keeps the frame it was created in and runs its steps there.
 */

/** Something whose step can be run inside a frame. */
export interface Steppable {
  _step(): void;
}

interface AsyncResourceLike {
  runInAsyncScope(fn: (item: Steppable) => void, self: null, item: Steppable): void;
}
interface AsyncHooks {
  readonly AsyncResource: new (type: string, options: { requireManualDestroy: boolean }) => AsyncResourceLike;
  readonly AsyncLocalStorage: new () => Storage;
}
interface Storage {
  getStore(): unknown;
  run<R>(store: unknown, fn: () => R): R;
}
interface DenoCore {
  getAsyncContext(): unknown;
  setAsyncContext(context: unknown): void;
}

const hooks = builtin<AsyncHooks>("async_hooks");
const EMPTY = Symbol("empty frame");
const step = (item: Steppable): void => item._step();

/** Deno's AsyncResource costs 1 µs to make and 0.3 µs to enter; the engine's own pointer behind it costs 10 ns. */
const denoCore = ((): DenoCore | undefined => {
  if (!isDeno) return undefined;
  const internals = globals.Deno?.[globals.Deno.internal] as { readonly core?: Partial<DenoCore> } | undefined;
  const core = internals?.core;
  return core?.getAsyncContext !== undefined && core.setAsyncContext !== undefined ? (core as DenoCore) : undefined;
})();

/** The frame of the code that runs now; null where the runtime has none. */
export const captureFrame: () => unknown =
  denoCore !== undefined
    ? () => denoCore.getAsyncContext() ?? EMPTY
    : hooks !== undefined
      ? captureResource(hooks.AsyncResource)
      : () => null;

/** Runs `item._step()` inside a frame that `captureFrame` gave. */
export const stepInFrame: (frame: unknown, item: Steppable) => void =
  denoCore !== undefined
    ? (frame, item) => {
        const before = denoCore.getAsyncContext();
        denoCore.setAsyncContext(frame === EMPTY ? undefined : frame);
        try {
          item._step();
        } finally {
          denoCore.setAsyncContext(before);
        }
      }
    : (frame, item) => (frame as AsyncResourceLike).runInAsyncScope(step, null, item);

function captureResource(AsyncResource: AsyncHooks["AsyncResource"]): () => unknown {
  // Without manual destroy each resource would be registered for a destroy hook when one is in use.
  const options = { requireManualDestroy: true };
  return () => new AsyncResource("asyncio-ts.Task", options);
}

/**
 * Where native coroutines find out whose step they are in. `AsyncLocalStorage` on Node, Bun and Deno. Browsers have
 * nothing of the kind: there the value of the step that is open now stands in, which is exact as long as the code has
 * not awaited a promise of the page's own in between.
 */
export interface Ambient<T> {
  get(): T | undefined;
  run<R>(value: T, fn: () => R): R;
  /** Browsers only: the open step is about to go on (or has ended). */
  readonly restore: ((value: T | undefined) => void) | null;
}

export function createAmbient<T>(): Ambient<T> {
  if (hooks !== undefined) {
    const storage = new hooks.AsyncLocalStorage();
    return {
      get: () => storage.getStore() as T | undefined,
      run: (value, fn) => storage.run(value, fn),
      restore: null,
    };
  }
  let current: T | undefined;
  return {
    get: () => current,
    run(value, fn) {
      current = value;
      return fn();
    },
    restore(value) {
      current = value;
    },
  };
}
