import { globals, nodeProcess } from "../host/globals.ts";
import type { BaseLoop } from "../loop/base-loop.ts";

/** What is known of a coroutine that nobody may have awaited. */
interface Unstarted {
  readonly name: string;
  readonly _phase: number;
  readonly _sourceTraceback: string[] | null;
}

interface Suspect {
  readonly name: string;
  readonly loop: BaseLoop | null;
  readonly sourceTraceback: string[] | null;
}

/** How many running loops want coroutines to remember where they were made. */
export const places: { wanted: number } = { wanted: 0 };

const RECENT = 1024;
const CREATED = 0;

/**
 * Coroutines that were made lately. Almost all are started within the step that made them; one that is pushed out of
 * this ring unstarted, or is still unstarted when the loop sleeps, is watched by a FinalizationRegistry (110–520 ns,
 * too dear for each). What is unstarted when its loop closes, or the process ends, is reported then.
 */
const recent: (Unstarted | null)[] = new Array<Unstarted | null>(RECENT).fill(null);
let next = 0;
/** How many of the ring's entries are newer than the last sweep. */
let unswept = 0;
let watchesExit = false;

const watched = new Map<Suspect, WeakRef<Unstarted & object>>();
const registry =
  typeof FinalizationRegistry === "undefined"
    ? null
    : new FinalizationRegistry<Suspect>((suspect) => {
        if (watched.delete(suspect)) report(suspect);
      });

/** Remembers a new coroutine. */
export function noteCreated(coroutine: Unstarted & object): void {
  const index = next;
  const old = recent[index]!;
  if (old !== null && old._phase === CREATED) watch(old, null);
  recent[index] = coroutine;
  next = (index + 1) & (RECENT - 1);
  if (unswept < RECENT) unswept++;
}

function watch(coroutine: Unstarted, loop: BaseLoop | null): void {
  if (!watchesExit) watchExit();
  const suspect = { name: coroutine.name, loop, sourceTraceback: coroutine._sourceTraceback };
  watched.set(suspect, new WeakRef(coroutine));
  registry?.register(coroutine, suspect);
}

/** `loop` goes to sleep: what is unstarted now is suspicious, the rest is forgotten. */
export function sweepRecent(loop: BaseLoop | null): void {
  for (; unswept > 0; unswept--) {
    const i = (next - unswept) & (RECENT - 1);
    const coroutine = recent[i]!;
    if (coroutine._phase === CREATED) watch(coroutine, loop);
    recent[i] = null;
  }
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

function report({ name, loop, sourceTraceback }: Suspect): void {
  const message = `coroutine '${name}' was never awaited`;
  if (loop !== null) {
    loop.callExceptionHandler({ message, ...(sourceTraceback !== null && { sourceTraceback }) });
  } else {
    globals.console.error(`RuntimeWarning: ${message}`);
  }
}

function watchExit(): void {
  watchesExit = true;
  nodeProcess?.on("exit", () => reportNeverAwaited(null));
}
