import { builtin, isDeno, nodeProcess } from "../host/globals.ts";
import { repr } from "../loop/repr.ts";
import type { NodeChild } from "./child.ts";

interface Os {
  readonly constants: { readonly signals: Readonly<Record<string, number>> };
}

function signals(): Readonly<Record<string, number>> {
  return builtin<Os>("os")?.constants.signals ?? {};
}

/** The number of a signal that the runtime has named. */
export function signalNumber(name: string): number {
  return signals()[name] ?? 0;
}

/** The last of Linux's real-time signals; the runtimes have no names for these. */
const LAST_SIGNAL = 64;

/** What is given to `kill`. Throws `TypeError` for what is no signal, `RangeError` for one that the system lacks. */
export function toSignal(signal: unknown): string | number {
  if (typeof signal === "string") {
    if (Object.hasOwn(signals(), signal)) return signal;
    throw new RangeError(`sig ${signal} is no signal of this system`);
  }
  if (typeof signal !== "number") throw new TypeError(`sig must be a signal's name or number, not ${repr(signal)}`);
  if (Number.isInteger(signal) && signal >= 0 && signal <= LAST_SIGNAL) return signal;
  throw new RangeError(`sig ${signal} out of range`);
}

/** Sends a signal to a child, unless the runtime knows that it has ended: its number may belong to another by now. */
export function sendTo(child: NodeChild, signal: string | number): void {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const isNamed = typeof signal === "string" || signal === 0 || Object.values(signals()).includes(signal);
  // Deno's `child.kill` works once, and hides how the child ended.
  if (isNamed && !isDeno) child.kill(signal);
  else nodeProcess!.kill(child.pid!, signal);
}
