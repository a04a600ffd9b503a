import { inspectCustom, repr } from "../loop/repr.ts";
import { leaveAll } from "./shared-lot.ts";
import { SharedMemory } from "./shared-memory.ts";
import { atThreadExit, getIdent } from "./this-thread.ts";

const KIND = "asyncio-ts.shared";

/**
 * What a shared object is sent as: `postMessage` and `workerData` clone it, and the class's `from` makes the object of it
 * in the other thread. It is valid in threads of the same process only.
 */
export interface SharedHandle<K extends string = string> {
  readonly "asyncio-ts.shared": K;
  readonly memory: SharedArrayBuffer;
  /** What else belongs to it: other memory, other handles, numbers. */
  readonly parts: readonly unknown[];
}

type Revive = (memory: SharedMemory, parts: readonly unknown[]) => SharedObject;

const kinds = new Map<string, Revive>();
/** The objects of this thread, so that there is one for each memory, and that they hear of the end of a thread. */
const living = new Map<number, WeakRef<SharedObject>>();
let sweepAt = 64;

/** What threads share: its state is in shared memory, and this object is one thread's view of it. */
export abstract class SharedObject {
  /** @internal */ readonly _memory: SharedMemory;

  /** @internal */
  constructor(memory: SharedMemory) {
    this._memory = memory;
    if (living.size >= sweepAt) sweep();
    living.set(memory.id, new WeakRef(this));
  }

  /** A form of it that can be cloned; see `SharedHandle`. */
  abstract share(): SharedHandle;

  /** @internal */
  protected handle<K extends string>(kind: K, parts: readonly unknown[] = []): SharedHandle<K> {
    return { [KIND]: kind, memory: this._memory.buffer, parts } as unknown as SharedHandle<K>;
  }

  /** Runs `change` under the memory's mutex. @internal */
  _locked<T>(change: () => T): T {
    this._memory.enter();
    try {
      return change();
    } finally {
      this._memory.leave();
    }
  }

  /**
   * Who was woken with `value` in a lot does not use it: it goes to the next, or back to the object. Called under the
   * mutex. @internal
   */
  abstract _giveBack(lot: number, value: number): void;

  /** A thread has ended. Called under the mutex, after its places have been taken from it. @internal */
  _afterThread(_thread: number): void {}

  /** @internal */
  abstract _state(): string;

  /** @internal */
  _repr(): string {
    return `<${this.constructor.name} [${this._state()}]>`;
  }

  toString(): string {
    return this._repr();
  }

  /** @internal */
  [inspectCustom](): string {
    return this._repr();
  }
}

/** Makes a class known by its kind. */
export function registerKind(kind: string, revive: Revive): void {
  kinds.set(kind, revive);
}

export function isSharedHandle(value: unknown): value is SharedHandle {
  return typeof value === "object" && value !== null && Object.hasOwn(value, KIND);
}

/**
 * The object of a handle: the one that this thread has already, if any. Throws `TypeError` for what is no handle of one
 * of the kinds (default: any).
 */
export function revive(handle: unknown, ...wanted: readonly string[]): SharedObject {
  const expected = `the handle of a ${wanted[0] ?? "shared object"} was expected, got`;
  if (!isSharedHandle(handle)) throw new TypeError(`${expected} ${repr(handle)}`);
  const kind = handle[KIND];
  if (wanted.length > 0 && !wanted.includes(kind)) throw new TypeError(`${expected} a ${kind}'s`);
  const make = kinds.get(kind);
  if (make === undefined) throw new TypeError(`'${kind}' is no shared object that this thread knows`);
  const memory = new SharedMemory(handle.memory);
  return living.get(memory.id)?.deref() ?? make(memory, handle.parts);
}

/**
 * Says that a thread has ended: it leaves all lines, what it was woken for goes to the next, and a lock that it held is
 * abandoned. It reaches the objects that the calling thread knows. A thread that ends by itself says so itself; say it of
 * a worker that you have terminated, or use `watchThread`.
 */
export function threadEnded(ident: number): void {
  for (const reference of [...living.values()]) {
    const object = reference.deref();
    if (object === undefined) continue;
    const memory = object._memory;
    memory.abandonMutex(ident);
    try {
      object._locked(() => {
        memory.noteEnded(ident);
        leaveAll(memory, ident, (lot, value) => object._giveBack(lot, value));
        object._afterThread(ident);
      });
    } catch {
      // It is unusable: everybody who uses it is told.
    }
  }
}

/** Calls `threadEnded` when a worker of `node:worker_threads` exits. */
export function watchThread(worker: {
  readonly threadId: number;
  once(event: "exit", listener: () => void): unknown;
}): void {
  const { threadId } = worker; // It is -1 afterwards.
  worker.once("exit", () => threadEnded(threadId));
}

function sweep(): void {
  for (const [id, reference] of living) if (reference.deref() === undefined) living.delete(id);
  sweepAt = Math.max(64, living.size * 2);
}

atThreadExit(() => threadEnded(getIdent()));
