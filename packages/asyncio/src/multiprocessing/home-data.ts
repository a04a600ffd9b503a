import { KeyError } from "./errors.ts";
import { HomeObject } from "./home-object.ts";
import type { Request } from "./request.ts";

type Methods = Readonly<Record<string, (...args: never[]) => unknown>>;

/** Plain data that a manager keeps: each method is done at once, so none sees the half of another. */
export class HomeData extends HomeObject {
  private readonly methods: Methods;

  constructor(methods: Methods) {
    super();
    this.methods = methods;
  }

  override call(method: string, args: readonly unknown[], request: Request): void {
    request.resolve(this.methods[method]!(...(args as never[])));
  }
}

export function dictMethods(entries: Iterable<readonly [unknown, unknown]>): Methods {
  const map = new Map<unknown, unknown>();
  const set = (key: unknown, value: unknown): void => {
    // Each comes as a clone of its own, which would never be found again.
    if ((typeof key === "object" && key !== null) || typeof key === "function") {
      throw new TypeError("keys of a shared dict are strings, numbers and other primitives");
    }
    map.set(key, value);
  };
  for (const [key, value] of entries) set(key, value);
  return {
    get: (key: unknown, otherwise: unknown) => (map.has(key) ? map.get(key) : otherwise),
    set,
    has: (key: unknown) => map.has(key),
    delete: (key: unknown) => map.delete(key),
    pop: (key: unknown, ...otherwise: unknown[]) => {
      if (!map.has(key) && otherwise.length === 0) throw new KeyError(String(key));
      const value = map.has(key) ? map.get(key) : otherwise[0];
      map.delete(key);
      return value;
    },
    setDefault: (key: unknown, value: unknown) => {
      if (!map.has(key)) set(key, value);
      return map.get(key);
    },
    add: (key: unknown, change: number) => {
      const value = ((map.get(key) as number | undefined) ?? 0) + change;
      set(key, value);
      return value;
    },
    update: (more: Iterable<readonly [unknown, unknown]>) => {
      for (const [key, value] of more) set(key, value);
    },
    clear: () => map.clear(),
    size: () => map.size,
    keys: () => [...map.keys()],
    values: () => [...map.values()],
    copy: () => map,
  };
}

export function listMethods(items: Iterable<unknown>): Methods {
  const list = [...items];
  const checked = (index: number): number => {
    const at = index < 0 ? index + list.length : index;
    if (!(Number.isInteger(at) && at >= 0 && at < list.length)) throw new RangeError("list index out of range");
    return at;
  };
  return {
    get: (index: number) => list[checked(index)],
    set: (index: number, value: unknown) => {
      list[checked(index)] = value;
    },
    push: (...values: unknown[]) => {
      for (const each of values) list.push(each);
      return list.length;
    },
    insert: (index: number, value: unknown) => {
      list.splice(index, 0, value);
    },
    pop: (index: number = -1) => {
      if (list.length === 0) throw new RangeError("pop from empty list");
      return list.splice(checked(index), 1)[0];
    },
    includes: (value: unknown) => list.includes(value),
    clear: () => {
      list.length = 0;
    },
    length: () => list.length,
    copy: () => list,
  };
}

export function valueMethods(initial: unknown): Methods {
  let value = initial;
  return {
    get: () => value,
    set: (next: unknown) => {
      value = next;
    },
    add: (change: number) => {
      value = (value as number) + change;
      return value;
    },
  };
}
