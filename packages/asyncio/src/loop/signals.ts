import { builtin, nodeProcess } from "../host/globals.ts";
import type { BaseLoop } from "./base-loop.ts";
import { RuntimeError } from "./errors.ts";
import type { Handle } from "./handle.ts";
import { repr } from "./repr.ts";

/** The signal handlers of one loop. A signal that arrives makes its handle ready, like any other callback. */
export class SignalHandlers {
  private readonly loop: BaseLoop;
  private readonly listeners: Map<string, () => void> = new Map();

  constructor(loop: BaseLoop) {
    this.loop = loop;
  }

  /** `makeHandle` makes the handle that is run, anew for each signal that arrives. */
  add(signal: string | number, makeHandle: () => Handle): void {
    const name = signalName(signal);
    const process = nodeProcess;
    if (process === undefined || !onMainThread()) {
      throw new RuntimeError("signals can be handled on the main thread of a Node-like runtime only");
    }
    if (name === "SIGKILL" || name === "SIGSTOP") throw new RuntimeError(`sig ${name} cannot be caught`);
    const listener = (): void => this.loop._enqueue(makeHandle());
    this.remove(name);
    process.on(name, listener);
    this.listeners.set(name, listener);
  }

  remove(signal: string | number): boolean {
    const name = signalName(signal);
    const listener = this.listeners.get(name);
    if (listener === undefined) return false;
    this.listeners.delete(name);
    nodeProcess!.off(name, listener);
    return true;
  }

  clear(): void {
    for (const name of [...this.listeners.keys()]) this.remove(name);
  }
}

/** Throws `TypeError` for what is no signal, `RangeError` for one that the system does not have. */
function signalName(signal: string | number): string {
  const known =
    builtin<{ readonly constants: { readonly signals: Record<string, number> } }>("os")?.constants.signals ?? {};
  if (typeof signal === "string") {
    if (Object.hasOwn(known, signal)) return signal;
    throw new RangeError(`sig ${signal} is no signal of this system`);
  }
  if (typeof signal !== "number") throw new TypeError(`sig must be a signal's name or number, not ${repr(signal)}`);
  const name = Object.keys(known).find((each) => known[each] === signal);
  if (name === undefined) throw new RangeError(`sig ${signal} out of range`);
  return name;
}

export function onMainThread(): boolean {
  return builtin<{ readonly isMainThread: boolean }>("worker_threads")?.isMainThread ?? true;
}
