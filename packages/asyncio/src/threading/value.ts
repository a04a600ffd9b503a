import { RLock } from "./rlock.ts";
import { type ElementOf, type ElementType, type ViewOf, viewOf } from "./shared-array.ts";
import { SharedMemory } from "./shared-memory.ts";
import { registerKind, revive, type SharedHandle, SharedObject } from "./shared-object.ts";

type IntegerView = Int32Array;

/**
 * One number in memory that threads share. Python: `multiprocessing.Value`.
 *
 * To read and to write `value` is atomic. `value.value += 1` is both, one after the other, between which another thread
 * may write: use `add`, `compareExchange`, or `lock`.
 */
export class Value<K extends ElementType = ElementType> extends SharedObject {
  readonly type: K;
  /** For changes of several steps. Python: `get_lock()`. */
  readonly lock: RLock;
  private readonly view: ViewOf<K>;

  /** Throws `TypeError` for an unknown type. */
  constructor(type: K, value: ElementOf<K>);
  /** @internal */
  constructor(type: K, value: null, revived: ValueParts);
  constructor(type: K, value: ElementOf<K> | null, revived?: ValueParts) {
    const View = viewOf(type);
    const [memory, data, lock] = revived ?? [new SharedMemory(), new SharedArrayBuffer(8), new RLock()];
    super(memory);
    this.type = type;
    this.view = new View(data, 0, 1) as ViewOf<K>;
    this.lock = lock;
    if (revived === undefined) this.view[0] = value as never;
  }

  static from<K extends ElementType>(handle: SharedHandle<"Value">): Value<K> {
    return revive(handle, "Value") as unknown as Value<K>;
  }

  override share(): SharedHandle<"Value"> {
    return this.handle("Value", [this.type, this.view.buffer, this.lock.share()]);
  }

  get value(): ElementOf<K> {
    const { view } = this;
    return (isFloat(view) ? view[0] : Atomics.load(view as IntegerView, 0)) as ElementOf<K>;
  }
  set value(value: ElementOf<K>) {
    if (isFloat(this.view)) this.view[0] = value as number;
    else Atomics.store(this.view as IntegerView, 0, value as number);
  }

  /**
   * Adds, in one step that no other thread can come between; gives the value before. Integers go on from their other end
   * when they leave their range. Throws `TypeError` for a type of floats: use `lock` there.
   */
  add(value: ElementOf<K>): ElementOf<K> {
    return Atomics.add(this.integers("add"), 0, value as number) as ElementOf<K>;
  }

  /** Writes, and gives the value before, in one step. Throws `TypeError` for a type of floats. */
  exchange(value: ElementOf<K>): ElementOf<K> {
    return Atomics.exchange(this.integers("exchange"), 0, value as number) as ElementOf<K>;
  }

  /** Writes `value` if the present one is `expected`, in one step; gives the one before. Throws `TypeError` for floats. */
  compareExchange(expected: ElementOf<K>, value: ElementOf<K>): ElementOf<K> {
    const view = this.integers("compareExchange");
    return Atomics.compareExchange(view, 0, expected as number, value as number) as ElementOf<K>;
  }

  private integers(method: string): IntegerView {
    if (!isFloat(this.view)) return this.view as IntegerView;
    throw new TypeError(`${method}() is for integers; change a ${this.type} under its lock`);
  }

  /** @internal */
  override _giveBack(): void {}

  /** @internal */
  override _state(): string {
    return `${this.type}, value:${this.value}`;
  }
}

type ValueParts = readonly [SharedMemory, SharedArrayBuffer, RLock];

function isFloat(view: unknown): view is Float32Array | Float64Array {
  return view instanceof Float32Array || view instanceof Float64Array;
}

registerKind("Value", (memory, [type, data, lock]) => {
  const parts = [memory, data, revive(lock)] as unknown as ValueParts;
  return new Value(type as ElementType, null, parts);
});
