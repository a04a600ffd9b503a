import { describe, expect, it } from "vitest";
import { startWorker } from "../../../../tests/support/worker-thread.ts";
import {
  Barrier,
  BoundedSemaphore,
  Condition,
  Event,
  fromWire,
  LifoQueue,
  Lock,
  Queue,
  RLock,
  SharedArray,
  toWire,
  Value,
} from "./index.ts";

describe("shared objects on their way to another thread", () => {
  const objects = {
    Lock: new Lock(),
    RLock: new RLock(),
    BoundedSemaphore: new BoundedSemaphore(2),
    Event: new Event(),
    Condition: new Condition(),
    Barrier: new Barrier(2, { timeout: 5 }),
    Queue: new Queue(3, { maxBytes: 1000 }),
    LifoQueue: new LifoQueue(4),
    SharedArray: new SharedArray("int16", [1, 2]),
    Value: new Value("float32", 1.5),
  };

  it("are found wherever they are, and put back as they were", () => {
    const list = [objects.Lock, { lock: objects.Lock }];
    const value = {
      map: new Map<unknown, unknown>([[objects.Event, list]]),
      set: new Set([objects.Queue]),
      list,
      no: 1,
    };
    (value as { self?: unknown }).self = value;
    const wire = structuredClone(toWire(value));
    const back = fromWire(wire) as typeof value & { self: unknown };
    expect(back.list[0]).toBe(objects.Lock);
    expect((back.list[1] as { lock: unknown }).lock).toBe(objects.Lock);
    expect(back.map.get(objects.Event)).toBe(back.list);
    expect([...back.set]).toEqual([objects.Queue]);
    expect(back.self).toBe(back);
    expect(value.list[0]).toBe(objects.Lock);
  });

  it("leave a value alone that has none", () => {
    class Own {
      readonly hidden = objects.Lock;
    }
    for (const value of [5, "x", null, undefined, [1, { a: new Map() }], new Own(), () => 1]) {
      expect(toWire(value)).toBe(value);
      expect(fromWire(value)).toBe(value);
    }
    let long: unknown = null;
    for (let i = 0; i < 100_000; i++) long = { next: long };
    expect(toWire(long)).toBe(long);
    const wire = toWire([long, objects.Lock]);
    expect((fromWire(wire) as unknown[])[1]).toBe(objects.Lock);
    const odd = JSON.parse('{"__proto__": 1, "a": 2}') as object;
    expect(Object.keys((fromWire(toWire([odd, objects.Lock])) as object[])[0]!)).toEqual(["__proto__", "a"]);
  });

  it("arrive as what they were", async () => {
    const source = `const found = {};
      for (const [name, object] of Object.entries(data.objects)) {
        found[name] = object.constructor.name + " " + object + " " + (object === data.again[name]);
      }
      return found;`;
    const { result, exit } = startWorker(
      source,
      { objects, again: { ...objects } },
      new URL("../../", import.meta.url),
    );
    const expected = Object.entries(objects).map(([name, object]) => [name, `${name} ${object} true`]);
    expect(await result).toEqual(Object.fromEntries(expected));
    await exit;
  });

  it("a handle of an unknown kind is refused", () => {
    const handle = { ...objects.Lock.share(), "asyncio-ts.shared": "Unknown" };
    expect(() => fromWire([handle])).toThrow(new TypeError("'Unknown' is no shared object that this thread knows"));
  });
});
