import { RLock } from "./rlock.ts";
import { SharedMemory } from "./shared-memory.ts";
import { registerKind, revive, type SharedHandle, SharedObject } from "./shared-object.ts";

const views = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** The types of numbers that memory can hold; those of 64 bits are bigints. */
export type ElementType = keyof typeof views;
/** What an element of a type is in JavaScript. */
export type ElementOf<K extends ElementType> = K extends "int64" | "uint64" ? bigint : number;
/** The typed array of a type. */
export type ViewOf<K extends ElementType> = InstanceType<(typeof views)[K]>;

/**
 * An array of numbers in memory that threads share. Python: `multiprocessing.Array`.
 *
 * `view` is a typed array on that memory: as fast as any, and what one thread writes the others see, in no promised order
 * unless it is done under `lock` or by `Atomics`. `for…of`, `length` and `at` go through it.
 */
export class SharedArray<K extends ElementType = ElementType> extends SharedObject {
  readonly type: K;
  readonly view: ViewOf<K>;
  /** For changes of several steps. Python: `get_lock()`. */
  readonly lock: RLock;

  /**
   * `content`: the number of elements, which are 0 at first, or the elements. Throws `TypeError` for an unknown type, and
   * `RangeError` for a length that is none.
   */
  constructor(type: K, content: number | Iterable<ElementOf<K>>);
  /** @internal */
  constructor(type: K, content: null, revived: SharedArrayParts);
  constructor(type: K, content: number | Iterable<ElementOf<K>> | null, revived?: SharedArrayParts) {
    const View = viewOf(type);
    const [memory, data, lock] = revived ?? fresh(View, content!);
    super(memory);
    this.type = type;
    this.view = new View(data) as ViewOf<K>;
    this.lock = lock;
  }

  static from<K extends ElementType>(handle: SharedHandle<"SharedArray">): SharedArray<K> {
    return revive(handle, "SharedArray") as unknown as SharedArray<K>;
  }

  override share(): SharedHandle<"SharedArray"> {
    return this.handle("SharedArray", [this.type, this.view.buffer, this.lock.share()]);
  }

  get length(): number {
    return this.view.length;
  }

  /** As `Array.at`: an index from the end on is negative. */
  at(index: number): ElementOf<K> | undefined {
    return this.view.at(index) as ElementOf<K> | undefined;
  }

  [Symbol.iterator](): IterableIterator<ElementOf<K>> {
    return this.view[Symbol.iterator]() as IterableIterator<ElementOf<K>>;
  }

  /** @internal */
  override _giveBack(): void {}

  /** @internal */
  override _state(): string {
    return `${this.type}, length:${this.length}`;
  }
}

type SharedArrayParts = readonly [SharedMemory, SharedArrayBuffer, RLock];

function fresh(View: Views, content: number | Iterable<number | bigint>): SharedArrayParts {
  const elements = typeof content === "number" ? null : Array.from(content);
  const length = elements?.length ?? (content as number);
  if (!Number.isInteger(length) || length < 0) throw new RangeError("the length must be an integer >= 0");
  const data = new SharedArrayBuffer(length * View.BYTES_PER_ELEMENT);
  if (elements !== null) (new View(data) as Int32Array).set(elements as number[]);
  return [new SharedMemory(), data, new RLock()];
}

/** The constructors behave alike; one stands for all. */
type Views = {
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: SharedArrayBuffer, offset?: number, length?: number): unknown;
};

export function viewOf(type: ElementType): Views {
  if (Object.hasOwn(views, type)) return views[type] as unknown as Views;
  throw new TypeError(`'${String(type)}' is no type of numbers; there are ${Object.keys(views).join(", ")}`);
}

registerKind("SharedArray", (memory, [type, data, lock]) => {
  const parts = [memory, data, revive(lock)] as unknown as SharedArrayParts;
  return new SharedArray(type as ElementType, null, parts);
});
