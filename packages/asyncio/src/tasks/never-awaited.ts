import { globals, nodeProcess } from "../host/globals.ts";
import { type BaseLoop, runningLoopHere } from "../loop/base-loop.ts";

/** What is known of a coroutine that nobody may have awaited. */
interface Unstarted {
  readonly name: string;
  readonly _phase: string;
  readonly _sourceTraceback: string[] | null;
}

interface Suspect {
  readonly name: string;
  readonly loop: BaseLoop | null;
  readonly sourceTraceback: string[] | null;
}

const RECENT = 1024;

/**
 * Coroutines that were made lately. Almost all are started within the step that made them; one that is pushed out of
 * this ring unstarted, or is still unstarted when the loop sleeps, is watched by a FinalizationRegistry (110–520 ns,
 * too dear for each). What is unstarted when its loop closes, or the process ends, is reported then.
 */
const recent: (Unstarted | null)[] = new Array<Unstarted | null>(RECENT).fill(null);
const recentLoops: (BaseLoop | null)[] = new Array<BaseLoop | null>(RECENT).fill(null);
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

/** Remembers a new coroutine. Returns whether the place of its creation should be kept (debug mode). */
export function noteCreated(coroutine: Unstarted & object): boolean {
  const loop = runningLoopHere();
  const index = next;
  const old = recent[index];
  if (old !== null && old !== undefined && old._phase === "created") watch(old, recentLoops[index] ?? null);
  recent[index] = coroutine;
  recentLoops[index] = loop;
  next = (index + 1) & (RECENT - 1);
  if (unswept < RECENT) unswept++;
  if (!watchesExit) watchExit();
  return loop?._keepsPlaces ?? false;
}

function watch(coroutine: Unstarted, loop: BaseLoop | null): void {
  const suspect = { name: coroutine.name, loop, sourceTraceback: coroutine._sourceTraceback };
  watched.set(suspect, new WeakRef(coroutine));
  registry?.register(coroutine, suspect);
}

/** The loop goes to sleep: what is unstarted now is suspicious, the rest is forgotten. */
export function sweepRecent(): void {
  if (unswept === 0) return;
  for (; unswept > 0; unswept--) {
    const i = (next - unswept) & (RECENT - 1);
    const coroutine = recent[i]!;
    if (coroutine._phase === "created") watch(coroutine, recentLoops[i] ?? null);
    recent[i] = recentLoops[i] = null;
  }
  for (const [suspect, reference] of watched) {
    const coroutine = reference.deref();
    if (coroutine !== undefined && coroutine._phase !== "created") watched.delete(suspect);
  }
}

/** Reports the coroutines that were made under `loop` (null: under any, or none) and were never started. */
export function reportNeverAwaited(loop: BaseLoop | null): void {
  sweepRecent();
  for (const suspect of [...watched.keys()]) {
    if (loop !== null && suspect.loop !== loop) continue;
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
