import type { Delay } from "../loop/delay.ts";
import { inspectCustom } from "../loop/repr.ts";
import { runBody } from "../sync/exclusive.ts";
import type { Body } from "../tasks/body.ts";
import { type Coroutine, define, FunctionCoroutine } from "../tasks/coroutine.ts";
import type { CoroutineGenerator } from "../tasks/suspension.ts";
import { ask, asking } from "./ask.ts";
import { hub } from "./hub.ts";
import type { Ref } from "./messages.ts";
import type { WaitOptions } from "./queue.ts";
import { SharedObject } from "./shared-object.ts";

/** What stands for an object that a manager keeps. Methods throw `ProcessDiedError` when the manager has ended. */
export abstract class Proxied extends SharedObject {
  /** @internal */ readonly _ref: Ref;

  /** @internal */
  constructor(ref: Ref) {
    super();
    this._ref = ref;
  }

  /** @internal */
  _ask<T>(method: string, ...args: unknown[]): Coroutine<T> {
    return asking(() => this._ref, method, args);
  }

  override _toRef(): Ref {
    return this._ref;
  }

  override _passed(to: string): void {
    hub.passed(this._ref, to);
  }

  /** @internal */
  _repr(): string {
    return `<${this.constructor.name} of process ${this._ref.node}>`;
  }

  override toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

/** A map that several processes share. multiprocessing: `Manager().dict()`. */
export class DictProxy<K = string, V = unknown> extends Proxied {
  /** The value of a key; `otherwise` (default undefined) when it is not there. */
  get(key: K): Coroutine<V | undefined>;
  get<D>(key: K, otherwise: D): Coroutine<V | D>;
  get(key: K, otherwise?: unknown): Coroutine<unknown> {
    return this._ask("get", key, otherwise);
  }
  /** Throws `TypeError` for a key that is an object. */
  set(key: K, value: V): Coroutine<void> {
    return this._ask("set", key, value);
  }
  has(key: K): Coroutine<boolean> {
    return this._ask("has", key);
  }
  /** Whether it was there. */
  delete(key: K): Coroutine<boolean> {
    return this._ask("delete", key);
  }
  /** Removes a key and gives its value. Throws `KeyError`, unless there is an `otherwise`. */
  pop(key: K, ...otherwise: [V?]): Coroutine<V> {
    return this._ask("pop", key, ...otherwise);
  }
  /** The value of a key, which is set first when it is not there. */
  setDefault(key: K, value: V): Coroutine<V> {
    return this._ask("setDefault", key, value);
  }
  /** Adds to a number (0 when it is not there) and gives the sum: no other process comes between. */
  add(key: K, change: number): Coroutine<number> {
    return this._ask("add", key, change);
  }
  /** Sets many keys at once. */
  update(entries: Iterable<readonly [K, V]>): Coroutine<void> {
    return this._ask("update", [...entries]);
  }
  clear(): Coroutine<void> {
    return this._ask("clear");
  }
  size(): Coroutine<number> {
    return this._ask("size");
  }
  keys(): Coroutine<K[]> {
    return this._ask("keys");
  }
  values(): Coroutine<V[]> {
    return this._ask("values");
  }
  /** A map of one's own with all that is in it at this moment. */
  copy(): Coroutine<Map<K, V>> {
    return this._ask("copy");
  }
}

/** An array that several processes share; negative indexes count from its end. multiprocessing: `Manager().list()`. */
export class ListProxy<T = unknown> extends Proxied {
  /** Throws `RangeError` for an index beyond the end. */
  get(index: number): Coroutine<T> {
    return this._ask("get", index);
  }
  /** Throws `RangeError` for an index beyond the end. */
  set(index: number, value: T): Coroutine<void> {
    return this._ask("set", index, value);
  }
  /** The new length. */
  push(...values: T[]): Coroutine<number> {
    return this._ask("push", ...values);
  }
  insert(index: number, value: T): Coroutine<void> {
    return this._ask("insert", index, value);
  }
  /** Takes an item out, by default the last one. Throws `RangeError` when there is none. */
  pop(index: number = -1): Coroutine<T> {
    return this._ask("pop", index);
  }
  /** For primitives: objects are clones, which are never the same. */
  includes(value: T): Coroutine<boolean> {
    return this._ask("includes", value);
  }
  clear(): Coroutine<void> {
    return this._ask("clear");
  }
  length(): Coroutine<number> {
    return this._ask("length");
  }
  /** An array of one's own with all that is in it at this moment. */
  copy(): Coroutine<T[]> {
    return this._ask("copy");
  }
}

/** A value that several processes share. multiprocessing: `Manager().Value()`. */
export class ValueProxy<T = unknown> extends Proxied {
  get(): Coroutine<T> {
    return this._ask("get");
  }
  set(value: T): Coroutine<void> {
    return this._ask("set", value);
  }
  /** Adds to a number and gives the sum: no other process comes between. */
  add(this: ValueProxy<number>, change: number): Coroutine<number> {
    return this._ask("add", change);
  }
}

/** Named values that several processes share. multiprocessing: `Manager().Namespace()`. */
export class NamespaceProxy<N extends object = Record<string, unknown>> extends Proxied {
  get<K extends keyof N & string>(name: K): Coroutine<N[K] | undefined> {
    return this._ask("get", name, undefined);
  }
  set<K extends keyof N & string>(name: K, value: N[K]): Coroutine<void> {
    return this._ask("set", name, value);
  }
  delete(name: keyof N & string): Coroutine<boolean> {
    return this._ask("delete", name);
  }
  names(): Coroutine<(keyof N & string)[]> {
    return this._ask("keys");
  }
}

/** A semaphore that several processes share. multiprocessing: `Manager().Semaphore()`. */
export class SemaphoreProxy extends Proxied {
  /**
   * Waits for a permit; false when none came within `timeout`. Throws `ProcessDiedError` when a process has died meanwhile
   * that had one. Cancelled, it has none.
   */
  acquire(options: WaitOptions = {}): Coroutine<boolean> {
    return asking(
      () => this._ref,
      "acquire",
      [],
      options.timeout ?? null,
      () => false,
    );
  }
  /** Gives a permit back. Throws `RangeError` when a lock or a bounded semaphore has all of its own. */
  release(): Coroutine<void> {
    return this._ask("release");
  }
  /** Whether no permit is left, at this moment. */
  locked(): Coroutine<boolean> {
    return this._ask("locked");
  }
  /** Runs a body with a permit, which it gives back at the end, also of a failure. Python: `with`. */
  runExclusive<T>(body: () => Body<T>): Coroutine<T> {
    return new FunctionCoroutine<T>(exclusiveDefinition, undefined, [this._ref, body]);
  }
}

function* runExclusive<T>(ref: Ref, body: () => Body<T>): CoroutineGenerator<T> {
  yield* ask<boolean>(ref, "acquire", []);
  try {
    return yield* runBody(body);
  } finally {
    // One-way: nothing to wait for, so that a cancellation cannot come between.
    hub.note(ref, "release", { value: [], shared: false });
  }
}

const exclusiveDefinition = define(runExclusive as never, "runExclusive");

/** A lock that several processes share. multiprocessing: `Manager().Lock()`. */
export class LockProxy extends SemaphoreProxy {}

/** An event that several processes share. multiprocessing: `Manager().Event()`. */
export class EventProxy extends Proxied {
  set(): Coroutine<void> {
    return this._ask("set");
  }
  clear(): Coroutine<void> {
    return this._ask("clear");
  }
  isSet(): Coroutine<boolean> {
    return this._ask("isSet");
  }
  /** Waits until it is set; false when that has not happened within `timeout` (default null: for ever). */
  wait(timeout: Delay | null = null): Coroutine<boolean> {
    return asking(
      () => this._ref,
      "wait",
      [],
      timeout,
      () => false,
    );
  }
}

type Stand = new (ref: Ref) => SharedObject;

export const proxyClasses: Readonly<Record<string, Stand>> = {
  DictProxy,
  ListProxy,
  ValueProxy,
  NamespaceProxy,
  SemaphoreProxy,
  LockProxy,
  EventProxy,
};
