import { describe, expect, it } from "vitest";
import { startWorker } from "../../../../tests/support/worker-thread.ts";
import { currentThread, getIdent, mainThread, Queue, SharedArray, sleep, toWire, Value } from "./index.ts";

const package_ = new URL("../../", import.meta.url);

describe("numbers that threads share", () => {
  it("are typed arrays and single values", () => {
    const array = new SharedArray("float64", [1, 2.5]);
    expect([array.length, array.at(-1), [...array], array.type]).toEqual([2, 2.5, [1, 2.5], "float64"]);
    expect(new SharedArray("int64", [5n]).view[0]).toBe(5n);
    expect([...new SharedArray("uint8", 3)]).toEqual([0, 0, 0]);
    expect(String(array)).toBe("<SharedArray [float64, length:2]>");
    expect(SharedArray.from(array.share())).toBe(array);
    for (const length of [-1, 1.5, Number.NaN]) expect(() => new SharedArray("int8", length)).toThrow(RangeError);
    expect(() => new SharedArray("int9" as "int8", 1)).toThrow("'int9' is no type of numbers; there are int8, uint8");
    const value = new Value("uint8", 250);
    expect([value.add(10), value.value]).toEqual([250, 4]);
    expect([value.exchange(7), value.compareExchange(8, 9), value.compareExchange(7, 9), value.value]).toEqual([
      4, 7, 7, 9,
    ]);
    const float = new Value("float32", 0.5);
    float.value = 1.5;
    expect(float.value).toBe(1.5);
    expect(() => float.add(1)).toThrow(new TypeError("add() is for integers; change a float32 under its lock"));
    const big = new Value("int64", 1n);
    big.value = -(2n ** 63n);
    expect([big.value, String(big)]).toEqual([-(2n ** 63n), `<Value [int64, value:${-(2n ** 63n)}]>`]);
    expect(Value.from(value.share())).toBe(value);
  });

  it("change under their lock, or in one step, without a loss", async () => {
    const data = { array: new SharedArray("float64", 2), value: new Value("int64", 0n) };
    const source = `for (let i = 0; i < 2000; i++) {
      data.array.lock.runExclusive(() => { data.array.view[0] += 0.5; data.array.view[1] -= 0.5; });
      data.value.add(1n);
    }`;
    const workers = [1, 2, 3].map(() => startWorker(source, data, package_));
    for (const { result } of workers) await result;
    expect([[...data.array], data.value.value]).toEqual([[3000, -3000], 6000n]);
    await Promise.all(workers.map(({ exit }) => exit));
  }, 30_000);
});

describe("a thread", () => {
  it("knows itself", async () => {
    expect(currentThread()).toBe(mainThread());
    expect([getIdent(), mainThread()]).toEqual([0, { ident: 0, name: "MainThread", isMain: true }]);
    const source = "return [threading.currentThread(), threading.mainThread(), threading.getIdent()];";
    const { worker, result, exit } = startWorker(source, null, package_);
    const { threadId } = worker;
    const [current, main, ident] = (await result) as [{ name: string }, unknown, number];
    expect(current).toEqual({ ident: threadId, name: current.name, isMain: false });
    expect(current.name).not.toBe("");
    expect([main, ident]).toEqual([mainThread(), threadId]);
    await exit;
  });

  it("sleeps", async () => {
    const before = performance.now();
    sleep("5ms");
    expect(performance.now() - before).toBeGreaterThanOrEqual(4.9);
    expect(() => sleep(Number.NaN)).toThrow(RangeError);
    expect(() => sleep(-1)).toThrow(new RangeError("sleep length must be non-negative"));
    const source = `return await asyncio.run(async () => {
      try { threading.sleep(1); } catch (error) { return error.message; }
    });`;
    const { result, exit } = startWorker(source, null, package_);
    expect(await result).toBe(
      "threading.sleep() would block the running event loop: await sleep(), or give allowBlocking: true to insist",
    );
    await exit;
  });

  it("that ends by itself leaves what it held abandoned, and says so to nobody else's harm", async () => {
    const queue = new Queue<string>();
    const { exit } = startWorker('data.put("from the worker"); process.exit(3);', queue, package_);
    await exit;
    expect(queue.get()).toBe("from the worker");
    expect(toWire(queue)).toEqual(queue.share());
  });
});
