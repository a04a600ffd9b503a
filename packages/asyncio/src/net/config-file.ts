import { builtin } from "../host/globals.ts";
import { OutsideFuture } from "../interop/outside-future.ts";
import { getRunningLoop } from "../tasks/default-loop.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";

interface Stats {
  readonly mtimeMs: number;
  readonly size: number;
  readonly ino: number;
}
interface Fs {
  statSync(path: string): Stats;
  readFile(path: string, encoding: "utf8", callback: (error: unknown, text: string) => void): void;
}

/** A file is looked at anew after so long, in milliseconds. */
const CHECK_INTERVAL = 1000;

/**
 * A file of the system's configuration, parsed and kept while it does not change. One that cannot be read is empty.
 *
 * Its state is asked for synchronously, which takes microseconds and none of the threads that reading files shares with
 * slow work; the text is read in one of those, only when it has changed.
 */
export class ConfigFile<T> {
  private readonly path: string;
  private readonly parse: (text: string) => T;
  private content: T;
  /** Which state of the file `content`, or the reading under way, is of. */
  private state: string = "";
  private checkedAt: number = Number.NEGATIVE_INFINITY;
  private reading: Set<OutsideFuture<void>> | null = null;

  constructor(path: string, parse: (text: string) => T) {
    this.path = path;
    this.parse = parse;
    this.content = parse("");
  }

  *read(): CoroutineGenerator<T> {
    if (this.isStale()) this.startReading();
    if (this.reading !== null) {
      const future = new OutsideFuture<void>({ loop: getRunningLoop() });
      this.reading.add(future);
      yield* future;
    }
    return this.content;
  }

  private isStale(): boolean {
    const now = Date.now();
    if (now - this.checkedAt < CHECK_INTERVAL && now >= this.checkedAt) return false;
    this.checkedAt = now;
    const before = this.state;
    try {
      const { mtimeMs, size, ino } = builtin<Fs>("fs")!.statSync(this.path);
      this.state = `${mtimeMs} ${size} ${ino}`;
    } catch {
      this.state = "";
    }
    return this.state !== before;
  }

  private startReading(): void {
    const { state } = this;
    const waiters = this.reading ?? new Set();
    this.reading = waiters;
    builtin<Fs>("fs")!.readFile(this.path, "utf8", (error, text) => {
      if (this.state !== state) return; // It has changed meanwhile: the reading of the new state answers.
      this.content = this.parse(error ? "" : text);
      this.reading = null;
      for (const waiter of waiters) if (!waiter.done()) waiter.setResult();
    });
  }
}

/** The words of a line up to its comment. */
export function wordsOf(line: string, comment: RegExp = /#.*/): string[] {
  return line
    .replace(comment, "")
    .split(/\s+/)
    .filter((word) => word !== "");
}
