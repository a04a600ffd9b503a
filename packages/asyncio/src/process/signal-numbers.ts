import { builtin } from "../host/globals.ts";
import { repr } from "../loop/repr.ts";

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

/** What is given to `kill`. Throws `TypeError` for what is no signal, `RangeError` for one that the system lacks. */
export function toSignal(signal: unknown): string | number {
  if (typeof signal === "string") {
    if (Object.hasOwn(signals(), signal)) return signal;
    throw new RangeError(`sig ${signal} is no signal of this system`);
  }
  if (typeof signal !== "number") throw new TypeError(`sig must be a signal's name or number, not ${repr(signal)}`);
  if (signal === 0 || Object.values(signals()).includes(signal)) return signal;
  throw new RangeError(`sig ${signal} out of range`);
}
