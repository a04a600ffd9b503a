import { repr } from "../loop/repr.ts";

/** Node's EventEmitter, and what looks like one. */
export interface Emitter {
  on(name: string | symbol, listener: (...args: unknown[]) => void): unknown;
  removeListener(name: string | symbol, listener: (...args: unknown[]) => void): unknown;
}

/** The DOM's EventTarget, and what looks like one. */
export interface Target {
  addEventListener(name: string, listener: (event: Event) => void): unknown;
  removeEventListener(name: string, listener: (event: Event) => void): unknown;
}

type Listener = (...args: unknown[]) => void;

/** Listeners on an emitter or event target that are removed together. */
export class Listeners {
  private readonly source: Emitter | Target;
  private readonly added: (readonly [name: string | symbol, listener: Listener])[] = [];

  constructor(source: Emitter | Target) {
    this.source = source;
  }

  add(name: string | symbol, listener: Listener): void {
    const { source } = this;
    if (isEmitter(source)) source.on(name, listener);
    else source.addEventListener(name as string, listener);
    this.added.push([name, listener]);
  }

  /** Emitters fail by an event; an event target has nothing of the kind. */
  addForErrors(name: string | symbol, listener: (error: unknown) => void): void {
    if (isEmitter(this.source) && name !== "error") this.add("error", listener);
  }

  removeAll(): void {
    const { source } = this;
    for (const [name, listener] of this.added.splice(0)) {
      if (isEmitter(source)) source.removeListener(name, listener);
      else source.removeEventListener(name as string, listener);
    }
  }
}

/** Something that is both (Node's own EventTargets have `on` in places) is taken for an emitter, as Node does. */
function isEmitter(source: Emitter | Target): source is Emitter {
  const { on, removeListener } = source as Partial<Emitter>;
  return typeof on === "function" && typeof removeListener === "function";
}

/** Throws `TypeError` for what is neither emitter nor event target. */
export function checkSource(caller: string, source: unknown): void {
  const given = (source ?? {}) as Partial<Emitter & Target>;
  if (isEmitter(given as Emitter)) return;
  if (typeof given.addEventListener === "function" && typeof given.removeEventListener === "function") return;
  throw new TypeError(`${caller}() takes an EventEmitter or an EventTarget, got ${repr(source)}`);
}
