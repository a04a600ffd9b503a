import { globals, nodeProcess } from "../host/globals.ts";
import type { BaseLoop } from "../loop/base-loop.ts";
import { takePlace } from "../loop/first-places.ts";
import type { Trace } from "../loop/stack.ts";
import { ambient } from "./ambient.ts";
import type { NativeScope } from "./scope.ts";
import { madeAt, places } from "./wanted-places.ts";

/** What is known of a coroutine that nobody may have awaited. */
interface Unstarted {
  readonly name: string;
  readonly _phase: number;
  readonly _sourceTraceback: string[] | null;
  readonly _definition: Trace | null;
}

interface Suspect {
  readonly name: string;
  readonly loop: BaseLoop | null;
  readonly sourceTraceback: string[] | null;
  readonly definition: Trace | null;
}

const CREATED = 0;
const MANY = 1024;

/**
 * Coroutines that nobody had started when the next one was made. Almost every coroutine is awaited at once, so that only
 * `latest` is ever held; the others are looked at again when the loop sleeps, or when there are many. What is unstarted
 * then is watched by a FinalizationRegistry (110–520 ns, too dear for each); what is unstarted when its loop closes, or
 * the process ends, is reported.
 */
let latest: Unstarted | null = null;
let unstarted: Unstarted[] = [];

const watched = new Map<Suspect, WeakRef<Unstarted & object>>();
const registry =
  typeof FinalizationRegistry === "undefined"
    ? null
    : new FinalizationRegistry<Suspect>((suspect) => {
        if (watched.delete(suspect)) report(suspect);
      });

/** Remembers a new coroutine. */
export function noteCreated(coroutine: Unstarted): void {
  const before = latest;
  latest = coroutine;
  if (before !== null && before._phase === CREATED) setAside(before);
  if (ambient.guess !== null) rememberPlace(coroutine);
  if (places.wanted > 0) madeAt.set(coroutine, takePlace());
}

const placesOfMaking = new WeakMap<object, NativeScope>();

/** Browsers: where a coroutine was made is where it is going to be awaited, better known than at that moment. */
function rememberPlace(coroutine: object): void {
  const place = ambient.get();
  if (place !== undefined) placesOfMaking.set(coroutine, place);
}

/** The place of native code that awaits `coroutine`. */
export function awaitingPlace(coroutine: object): NativeScope | undefined {
  const place = ambient.get();
  if (ambient.guess === null) return place;
  const made = placesOfMaking.get(coroutine);
  return made !== undefined && made.task === place?.task ? made : place;
}

function setAside(coroutine: Unstarted): void {
  unstarted.push(coroutine);
  // A second chance for those that wait for their task's first step; in a burst of 100,000 the array may grow.
  if (unstarted.length % MANY === 0) unstarted = unstarted.filter((each) => each._phase === CREATED);
}

function watch(coroutine: Unstarted, loop: BaseLoop | null): void {
  const { name, _sourceTraceback: sourceTraceback, _definition: definition } = coroutine;
  const suspect = { name, loop, sourceTraceback, definition };
  watched.set(suspect, new WeakRef(coroutine));
  registry?.register(coroutine, suspect);
}

/** `loop` goes to sleep: what is unstarted now is suspicious, the rest is forgotten. */
export function sweepRecent(loop: BaseLoop | null): void {
  if (latest !== null) unstarted.push(latest);
  latest = null;
  if (unstarted.length === 0 && watched.size === 0) return;
  for (const coroutine of unstarted) if (coroutine._phase === CREATED) watch(coroutine, loop);
  unstarted = [];
  for (const [suspect, reference] of watched) {
    const coroutine = reference.deref();
    if (coroutine !== undefined && coroutine._phase !== CREATED) watched.delete(suspect);
  }
}

/** Reports the coroutines that were made while `loop` ran (null: at any time) and were never started. */
export function reportNeverAwaited(loop: BaseLoop | null): void {
  sweepRecent(loop);
  for (const suspect of [...watched.keys()]) {
    if (loop !== null && suspect.loop !== loop && suspect.loop !== null) continue;
    watched.delete(suspect);
    report(suspect);
  }
}

function report({ name, loop, sourceTraceback, definition }: Suspect): void {
  const message = `coroutine '${name}' was never awaited`;
  const definedAt = definition?.place ?? null;
  if (loop !== null) {
    loop.callExceptionHandler({
      message,
      ...(sourceTraceback !== null ? { sourceTraceback } : definedAt !== null && { definedAt }),
    });
  } else {
    const place = sourceTraceback?.[0] ?? (definedAt === null ? undefined : `its definition at ${definedAt}`);
    globals.console.error(`RuntimeWarning: ${message}${place === undefined ? "" : ` (${place})`}`);
  }
}

nodeProcess?.on("exit", () => reportNeverAwaited(null));
