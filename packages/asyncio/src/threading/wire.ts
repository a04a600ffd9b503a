import { offerSharing } from "../border/sharing.ts";
import { isSharedHandle, revive, SharedObject, threadEnded } from "./shared-object.ts";

/**
 * The value with its handle in the place of every shared object in it: what `postMessage` can clone. It looks into arrays,
 * plain objects, maps and sets. The value itself, when there is none in it.
 */
export function toWire(value: unknown): unknown {
  return rebuild(value, (each) => (each instanceof SharedObject ? each.share() : undefined));
}

/** The reverse of `toWire`, in the thread that has received the value. */
export function fromWire(value: unknown): unknown {
  return rebuild(value, (each) => (isSharedHandle(each) ? revive(each) : undefined));
}

/**
 * The value with others in the place of those for which `replace` gives one. Containers are copied only when anything has
 * been replaced; circles and what occurs twice stay as they are. No recursion: lists may be long.
 */
function rebuild(value: unknown, replace: (value: object) => object | undefined): unknown {
  const replaced = new Map<object, object>();
  const containers: object[] = [];
  const seen = new Set<object>();
  const left: unknown[] = [value];
  while (left.length > 0) {
    const each = left.pop();
    if (typeof each !== "object" || each === null || seen.has(each)) continue;
    seen.add(each);
    const other = replace(each);
    if (other !== undefined) {
      replaced.set(each, other);
    } else if (isContainer(each)) {
      containers.push(each);
      for (const inside of contentOf(each)) left.push(inside);
    }
  }
  if (replaced.size === 0) return value;
  for (const each of containers) replaced.set(each, emptyLike(each));
  const final = (each: unknown): unknown => replaced.get(each as object) ?? each;
  for (const each of containers) fill(each, replaced.get(each)!, final);
  return final(value);
}

function isContainer(value: object): boolean {
  if (Array.isArray(value) || value instanceof Map || value instanceof Set) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function contentOf(value: object): Iterable<unknown> {
  if (value instanceof Map) return [...value].flat();
  return value instanceof Set || Array.isArray(value) ? value : Object.values(value);
}

function emptyLike(value: object): object {
  if (Array.isArray(value)) return new Array(value.length);
  if (value instanceof Map) return new Map();
  return value instanceof Set ? new Set() : {};
}

function fill(from: object, to: object, final: (value: unknown) => unknown): void {
  if (from instanceof Map) {
    for (const [key, value] of from) (to as Map<unknown, unknown>).set(final(key), final(value));
  } else if (from instanceof Set) {
    for (const value of from) (to as Set<unknown>).add(final(value));
  } else {
    for (const [key, value] of Object.entries(from)) define(to, key, final(value));
  }
}

/** Also for a key such as `__proto__`. */
function define(to: object, key: string, value: unknown): void {
  Object.defineProperty(to, key, { value, writable: true, enumerable: true, configurable: true });
}

offerSharing({ toWire, fromWire, threadEnded });
