import { repr } from "../loop/repr.ts";
import { type Border, refusalOf, tagOf } from "./clone-kind.ts";

export interface FindUncloneableOptions {
  /** What the value is to pass; default `"thread"`. */
  readonly border?: Border;
  /** What the value is called at the beginning of the path; default `"value"`. */
  readonly root?: string;
  /** What is not looked into: what is transferred, or encoded by somebody else. */
  readonly skip?: (value: object) => boolean;
  /** How deep a value may be nested; default 100,000, of which no runtime can clone the half. */
  readonly maxDepth?: number;
}

/** The first value that cannot pass. */
export interface Uncloneable {
  /** Where it is, as an expression: `args[0].users[3].onClick`. */
  readonly path: string;
  /** What it is: `"a function"`. */
  readonly what: string;
  /** `"args[0].users[3].onClick is a function"` */
  readonly message: string;
}

/**
 * The first value within `value` that structured clone (or, with `border: "process"`, the serialization of messages
 * between processes) would refuse, or of which an empty shell would arrive; null when there is none. Looks into arrays,
 * maps, sets, errors' causes and own enumerable properties of any object, getters included; each object once.
 *
 * What passes by the rules of structured clone is let through: instances of the program's own classes arrive as plain
 * objects.
 */
export function findUncloneable(value: unknown, options: FindUncloneableOptions = {}): Uncloneable | null {
  const { border = "thread", root = "value", skip, maxDepth = 100_000 } = options;
  const walk = new Walk(border, skip);
  const found = walk.run(value, maxDepth);
  if (found === null) return null;
  const path = walk.path(root);
  return { path, what: found, message: `${path} is ${found}` };
}

/** How deep a value is nested, and the path to its deepest member. For values that passed `findUncloneable`. */
export function deepestPath(value: unknown, options: FindUncloneableOptions = {}): { depth: number; path: string } {
  const { border = "thread", root = "value", skip } = options;
  const probe = new Walk(border, skip);
  probe.run(value, Infinity);
  const depth = probe.deepest;
  const walk = new Walk(border, skip);
  walk.run(value, depth - 1);
  return { depth, path: walk.path(root) };
}

/** How to name a member of an object in a path. */
type Segment = (object: string) => string;

/** One object that is being looked through. */
interface Frame {
  next(): boolean;
  /** Set by `next`. */
  value: unknown;
  segment(): Segment;
}

/** Depth first and without recursion: a list of 100,000 links is as good as any. */
class Walk {
  deepest: number = 0;
  private readonly border: Border;
  private readonly skip: ((value: object) => boolean) | undefined;
  private readonly seen: Set<object> = new Set();
  private readonly frames: Frame[] = [];

  constructor(border: Border, skip: ((value: object) => boolean) | undefined) {
    this.border = border;
    this.skip = skip;
  }

  run(value: unknown, maxDepth: number): string | null {
    const { frames } = this;
    let found = this.enter(value);
    while (found === null && frames.length > 0) {
      const top = frames[frames.length - 1]!;
      let more: boolean;
      try {
        more = top.next();
      } catch (error) {
        return `a getter that throws ${repr(error)}`;
      }
      if (!more) {
        frames.pop();
        continue;
      }
      found = this.enter(top.value);
      if (frames.length > this.deepest) this.deepest = frames.length;
      if (found === null && frames.length > maxDepth) {
        frames.pop();
        return `nested too deeply (${maxDepth} levels)`;
      }
    }
    return found;
  }

  /** The refusal of a value; null when it is fine by itself, and then its members are looked through next. */
  private enter(value: unknown): string | null {
    if (typeof value !== "object") {
      return typeof value === "function" || typeof value === "symbol" ? refusalOf(value, this.border) : null;
    }
    if (value === null || this.seen.has(value) || this.skip?.(value) === true) return null;
    this.seen.add(value);
    const refusal = refusalOf(value, this.border);
    if (refusal === null) this.push(value);
    return refusal;
  }

  private push(value: object): void {
    if (Array.isArray(value) && value.length <= MANY) this.frames.push(new ArrayFrame(value));
    else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return;
    else if (value instanceof Map) this.frames.push(new MapFrame(value));
    else if (value instanceof Set) this.frames.push(new SetFrame(value));
    else if (value instanceof Error || tagOf(value) === "Error") this.frames.push(new ErrorFrame(value));
    else this.frames.push(new ObjectFrame(value));
  }

  path(root: string): string {
    const segments = this.frames.map((frame) => frame.segment());
    const omitted = segments.length - 2 * SHOWN;
    if (omitted > 0) segments.splice(SHOWN, omitted, (object) => `${object}…`);
    return segments.reduce((object, segment) => segment(object), root);
  }
}

/** A longer array is taken to be full of holes. */
const MANY = 10_000_000;
/** Of a very long path, so many steps at its beginning and at its end. */
const SHOWN = 20;

class ArrayFrame implements Frame {
  value: unknown;
  private readonly array: readonly unknown[];
  private index: number = -1;

  constructor(array: readonly unknown[]) {
    this.array = array;
  }

  next(): boolean {
    if (++this.index >= this.array.length) return false;
    this.value = this.array[this.index];
    return true;
  }

  segment(): Segment {
    const { index } = this;
    return (object) => `${object}[${index}]`;
  }
}

class ObjectFrame implements Frame {
  value: unknown;
  private readonly object: object;
  private readonly keys: readonly string[];
  private index: number = -1;

  constructor(object: object) {
    this.object = object;
    this.keys = Object.keys(object);
  }

  next(): boolean {
    if (++this.index >= this.keys.length) return false;
    this.value = (this.object as Record<string, unknown>)[this.keys[this.index]!];
    return true;
  }

  segment(): Segment {
    const key = this.keys[this.index]!;
    return (object) => (/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key) ? `${object}.${key}` : at(object, key));
  }
}

function at(object: string, key: string): string {
  return `${object}[${/^(0|[1-9]\d*)$/.test(key) ? key : JSON.stringify(key)}]`;
}

/** Of an error its cause is cloned, and no property of its own. */
class ErrorFrame implements Frame {
  value: unknown;
  private readonly error: object;
  private done: boolean = false;

  constructor(error: object) {
    this.error = error;
  }

  next(): boolean {
    if (this.done) return false;
    this.done = true;
    if (!Object.hasOwn(this.error, "cause")) return false;
    this.value = (this.error as { readonly cause?: unknown }).cause;
    return true;
  }

  segment(): Segment {
    return (object) => `${object}.cause`;
  }
}

class MapFrame implements Frame {
  value: unknown;
  private readonly entries: Iterator<[unknown, unknown]>;
  private key: unknown = undefined;
  private mapped: unknown = undefined;
  private index: number = -1;
  private atValue: boolean = true;

  constructor(map: ReadonlyMap<unknown, unknown>) {
    this.entries = Map.prototype.entries.call(map) as Iterator<[unknown, unknown]>;
  }

  next(): boolean {
    this.atValue = !this.atValue;
    if (this.atValue) {
      this.value = this.mapped;
      return true;
    }
    const step = this.entries.next();
    if (step.done === true) return false;
    this.index++;
    [this.key, this.mapped] = step.value;
    this.value = this.key;
    return true;
  }

  segment(): Segment {
    const { key, index } = this;
    if (!this.atValue) return (object) => `[...${object}.keys()][${index}]`;
    const simple = typeof key === "string" || typeof key === "number" || typeof key === "boolean";
    return (object) => (simple ? `${object}.get(${JSON.stringify(key)})` : `[...${object}.values()][${index}]`);
  }
}

class SetFrame implements Frame {
  value: unknown;
  private readonly values: Iterator<unknown>;
  private index: number = -1;

  constructor(set: ReadonlySet<unknown>) {
    this.values = Set.prototype.values.call(set) as Iterator<unknown>;
  }

  next(): boolean {
    const step = this.values.next();
    if (step.done === true) return false;
    this.index++;
    this.value = step.value;
    return true;
  }

  segment(): Segment {
    const { index } = this;
    return (object) => `[...${object}][${index}]`;
  }
}
