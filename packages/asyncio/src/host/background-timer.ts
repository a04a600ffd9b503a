import { globals } from "./globals.ts";

/** Calls `callback` every `ms` milliseconds without keeping the process alive; returns what ends it. */
export function every(ms: number, callback: () => void): () => void {
  const timer = globals.setInterval(callback, ms);
  if (typeof timer === "object" && timer !== null) (timer as { unref?(): void }).unref?.();
  else (globals.Deno as { unrefTimer?(timer: unknown): void } | undefined)?.unrefTimer?.(timer);
  return () => globals.clearInterval(timer);
}
