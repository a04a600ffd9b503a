import { nodeProcess } from "../host/globals.ts";
import { isCancelled, KeyboardInterrupt } from "../loop/errors.ts";
import { onMainThread } from "../loop/signals.ts";
import type { Task } from "../tasks/task.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

interface Watched {
  readonly task: Task<unknown>;
  /** The signal that has cancelled the task. */
  received: (typeof SIGNALS)[number] | null;
}
const watched = new Set<Watched>();

/**
 * SIGINT and SIGTERM while a main task runs: the first one cancels it, so that it can clean up, and `run` throws
 * `KeyboardInterrupt`; a second one ends `run` at once. Where the program listens for a signal itself, it is left alone.
 */
export function handleInterrupts(
  task: Task<unknown>,
  wanted: boolean | undefined,
): { translate(error: unknown): unknown; stop(): void } {
  if (wanted === false || nodeProcess === undefined || !onMainThread())
    return { translate: (error) => error, stop() {} };
  const entry: Watched = { task, received: null };
  watched.add(entry);
  if (watched.size === 1) listen();
  return {
    translate(error) {
      if (entry.received === null || !isCancelled(error) || task.uncancel() > 0) return error;
      return interrupt(entry.received, error);
    },
    stop() {
      watched.delete(entry);
      if (watched.size === 0) unlisten();
    },
  };
}

const listeners: { readonly signal: string; readonly listener: () => void }[] = [];

function listen(): void {
  for (const signal of SIGNALS) {
    if (nodeProcess!.listenerCount(signal) > 0) continue;
    const listener = (): void => onSignal(signal);
    nodeProcess!.on(signal, listener);
    listeners.push({ signal, listener });
  }
}

function unlisten(): void {
  for (const { signal, listener } of listeners.splice(0)) nodeProcess!.off(signal, listener);
}

function onSignal(signal: (typeof SIGNALS)[number]): void {
  for (const entry of [...watched]) {
    if (entry.received === null && !entry.task.done()) {
      entry.received = signal;
      entry.task.cancel();
    } else {
      entry.task._loop._interrupt(interrupt(signal));
    }
  }
}

function interrupt(signal: (typeof SIGNALS)[number], cause?: unknown): KeyboardInterrupt {
  const error = new KeyboardInterrupt(signal === "SIGINT" ? "" : signal, {
    signal,
    ...(cause !== undefined && { cause }),
  });
  // Uncaught, it ends the process with the code of the signal, as shells expect, and not with 1.
  nodeProcess!.once("uncaughtExceptionMonitor", (uncaught: unknown) => {
    if (uncaught === error) nodeProcess!.once("exit", () => void (nodeProcess!.exitCode = EXIT_CODES[signal]));
  });
  return error;
}
