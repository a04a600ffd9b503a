import { builtin, globals, isBun, isDeno } from "./globals.ts";

/*
 * Asynchronous frames: what `AsyncLocalStorage` holds at a moment. Loggers, request ids and OpenTelemetry live there.
 * Whoever drains a shared ready queue would run everything in its own frame (p-queue#200, effect#6124), so every task
 * and callback keeps the frame it was made in and runs there.
 *
 * On Node a frame is an AsyncResource: 25–50 ns to make, 15 ns to enter, a quarter of a generator task's whole step. So
 * none is made until the program uses an AsyncLocalStorage for the first time: until then every frame is empty. The
 * first `run` or `enterWith` of anybody is noticed by a stand-in on the prototype that removes itself.
 */

/** Something whose step can be run inside a frame. */
export interface Steppable {
  _step(): void;
}

interface AsyncResourceLike {
  runInAsyncScope<A, R>(fn: (arg: A) => R, self: null, arg: A): R;
}
interface AsyncHooks {
  readonly AsyncResource: new (type: string, options: { requireManualDestroy: boolean }) => AsyncResourceLike;
  readonly AsyncLocalStorage: { new (): Storage; readonly prototype: Storage };
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
const runStorage = hooks?.AsyncLocalStorage.prototype.run;
const step = (item: Steppable): void => item._step();
const EMPTY = Symbol("empty frame");

/** Whether any frame may hold anything. */
export const frames: { inUse: boolean } = { inUse: false };

/** Deno's AsyncResource costs 1 µs to make and 0.3 µs to enter; the engine's own pointer behind it costs 10 ns. */
const denoCore = ((): DenoCore | undefined => {
  if (!isDeno) return undefined;
  const internals = globals.Deno?.[globals.Deno.internal] as { readonly core?: Partial<DenoCore> } | undefined;
  const core = internals?.core;
  return core?.getAsyncContext !== undefined && core.setAsyncContext !== undefined ? (core as DenoCore) : undefined;
})();

// Without manual destroy each resource would be registered for a destroy hook when one is in use.
const makeResource = (): AsyncResourceLike =>
  new hooks!.AsyncResource("asyncio-ts.Task", { requireManualDestroy: true });

/** The frame of the code that runs now; null while nothing can be in it. */
export const captureFrame: () => unknown =
  denoCore !== undefined
    ? () => (frames.inUse ? (denoCore.getAsyncContext() ?? EMPTY) : null)
    : hooks !== undefined
      ? () => (frames.inUse ? makeResource() : null)
      : () => null;

/** Runs `item._step()` inside a frame that `captureFrame` gave. */
const stepInFrame: (frame: unknown, item: Steppable) => void =
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

const root = hooks === undefined || denoCore !== undefined ? null : makeResource();

/** The empty frame, for what was made before anything could be in one. */
const emptyFrame: () => unknown =
  denoCore !== undefined
    ? () => EMPTY
    : () => (root === null ? null : root.runInAsyncScope(makeResource as (arg: null) => AsyncResourceLike, null, null));

/**
 * Runs `item._step()` in the frame that was captured for it; null stands for an empty one that need not be entered as
 * long as all are empty. Returns the frame to keep for the next step.
 */
export function runInFrame(frame: unknown, item: Steppable): unknown {
  if (frame === null && frames.inUse) frame = emptyFrame();
  if (frame === null) item._step();
  else stepInFrame(frame, item);
  return frame;
}

if (hooks !== undefined) noticeFirstUse(hooks.AsyncLocalStorage.prototype);

function noticeFirstUse(prototype: Storage): void {
  // Bun's frames cost next to nothing; where we are loaded inside a frame, somebody has been there before us.
  if (isBun || somethingIsHeld()) {
    frames.inUse = true;
    return;
  }
  const methods = prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const names = ["run", "enterWith", "exit", "withScope"].filter((name) => Object.hasOwn(methods, name));
  const restore = names.map((name) => {
    const original = methods[name]!;
    const standIn = function (this: unknown, ...args: unknown[]): unknown {
      frames.inUse = true;
      for (const each of restore) each();
      return original.apply(this, args);
    };
    methods[name] = standIn;
    return (): void => {
      if (methods[name] === standIn) methods[name] = original;
    };
  });
}

/** Whether the frame that this module is loaded in is empty cannot be asked; but what a resource made here keeps can be seen. */
function somethingIsHeld(): boolean {
  if (denoCore !== undefined) return denoCore.getAsyncContext() !== undefined;
  const resource = makeResource() as unknown as Record<symbol, unknown>;
  return Object.getOwnPropertySymbols(resource).some((symbol) => {
    const value = resource[symbol];
    return value !== undefined && typeof value !== "number" && typeof value !== "boolean";
  });
}

/**
 * Where native coroutines find out whose step they are in. `AsyncLocalStorage` on Node, Bun and Deno, exact everywhere.
 *
 * Browsers have nothing of the kind. There the place of the step that is open stands in, and every coroutine remembers
 * the place it was made in, which is exact until code awaits a promise of the page's own. After that it is a guess: the
 * task that has waited longest for such a promise.
 */
export interface Ambient<T> {
  get(): T | undefined;
  run<R>(value: T, fn: () => R): R;
  readonly guess: Guess<T> | null;
}

/** What stands in for AsyncLocalStorage in browsers. */
export interface Guess<T> {
  /** A step goes on at `place`; `briefly` when no step is open, after a promise of the page's own. */
  enter(place: T, briefly: boolean): void;
  /** The step at `place`, or anything of its task, has ended. */
  leave(place: T): void;
  /** The code at `place` waits for a promise of the page's own. */
  waitOutside(place: T): void;
  /** The code that waited for such a promise has been heard of again, or is over. */
  forget(outside: T): void;
}

/** `sameTask` tells the browsers' guess whether two places belong to one task. */
export function createAmbient<T>(sameTask: (a: T, b: T) => boolean): Ambient<T> {
  if (hooks === undefined) return createGuessingAmbient<T>(sameTask);
  const storage = new hooks.AsyncLocalStorage();
  return {
    get: () => storage.getStore() as T | undefined,
    run: (value, fn) => runStorage!.call(storage, value, fn) as never,
    guess: null,
  };
}

function createGuessingAmbient<T>(sameTask: (a: T, b: T) => boolean): Ambient<T> {
  let current: T | undefined;
  const outside = new Set<T>();
  const firstOutside = (): T | undefined => outside.values().next().value;
  return {
    get: () => current ?? firstOutside(),
    run(value, fn) {
      const before = current;
      current = value;
      try {
        return fn();
      } finally {
        // A body's first await comes after this, and whoever awaits the body is silent until then; but an eager task's
        // maker goes on.
        if (before !== undefined && !sameTask(before, value)) current = before;
      }
    },
    guess: {
      enter: (place, briefly) => {
        current = place;
        // Outside of a step nothing will tell when this code pauses; its microtasks come before a timer.
        if (briefly) globals.setTimeout(() => void (current === place && (current = undefined)), 0);
      },
      leave: (place) => {
        if (current !== undefined && sameTask(current, place)) current = undefined;
      },
      waitOutside: (place) => void outside.add(place),
      forget: (place) => void outside.delete(place),
    },
  };
}
