import { findUncloneable } from "../border/find-uncloneable.ts";
import { UncloneableError } from "../border/uncloneable-error.ts";
import type { Packed, Ref } from "./messages.ts";

/** The key under which a ref stands for its object on the way. */
const HANDLE = "asyncio-ts.shared";

/** What stands for an object that several processes share: it can be passed to other processes, nested in any value. */
export abstract class SharedObject {
  /** @internal Called when it is passed on. Throws when it cannot be. */
  abstract _toRef(): Ref;

  /** It is on its way to a process, see `Hub.node`. @internal */
  abstract _passed(to: string): void;
}

export type Reviver = (ref: Ref) => SharedObject;
const revivers: Map<string, Reviver> = new Map();

/** How an object is made from its ref in another process, see `shared-classes.ts`. */
export function registerShared(type: string, revive: Reviver): void {
  revivers.set(type, revive);
}

/**
 * A value as it passes to the process `to`. Throws `UncloneableError` that names the path, before anything is sent. A
 * shared object in it is replaced by its ref.
 */
export function pack(value: unknown, root: string, to: string): Packed {
  const found: SharedObject[] = [];
  const skip = (each: object): boolean => each instanceof SharedObject && found.push(each) > 0;
  const bad = findUncloneable(value, { border: "process", root, skip });
  if (bad !== null) throw new UncloneableError(`${bad.message}, which cannot be passed to another process`, bad.path);
  if (found.length === 0) return { value, shared: false };
  const packed = { value: replace(value, refOf, new Map()), shared: true };
  for (const each of new Set(found)) each._passed(to);
  return packed;
}

export function unpack(packed: Packed): unknown {
  return packed.shared ? replace(packed.value, revived, new Map()) : packed.value;
}

function refOf(value: object): object | null {
  return value instanceof SharedObject ? { [HANDLE]: value._toRef() } : null;
}

function revived(value: object): object | null {
  const ref = Object.hasOwn(value, HANDLE) ? (value as { readonly [HANDLE]: Ref })[HANDLE] : undefined;
  if (ref === undefined) return null;
  const revive = revivers.get(ref.type);
  if (revive === undefined) throw new TypeError(`unknown kind of shared object: ${ref.type}`);
  return revive(ref);
}

/** A copy of arrays, maps, sets and plain objects in which `change` has replaced what it does not give null for. */
function replace(value: unknown, change: (value: object) => object | null, done: Map<object, unknown>): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (done.has(value)) return done.get(value);
  const other = change(value);
  if (other !== null) {
    done.set(value, other);
    return other;
  }
  if (Array.isArray(value)) {
    const copy: unknown[] = [];
    done.set(value, copy);
    for (const each of value) copy.push(replace(each, change, done));
    return copy;
  }
  if (value instanceof Map) {
    const copy = new Map<unknown, unknown>();
    done.set(value, copy);
    for (const [key, each] of value) copy.set(replace(key, change, done), replace(each, change, done));
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set<unknown>();
    done.set(value, copy);
    for (const each of value) copy.add(replace(each, change, done));
    return copy;
  }
  if (Object.prototype.toString.call(value) !== "[object Object]") return value;
  const copy: Record<string, unknown> = {};
  done.set(value, copy);
  for (const [key, each] of Object.entries(value)) copy[key] = replace(each, change, done);
  return copy;
}
