import { afterEach, describe, expect, it } from "vitest";
import { TimeoutError } from "../loop/errors.ts";
import { FIRST_COMPLETED, FIRST_EXCEPTION } from "../structured/wait.ts";
import { asCompleted } from "./as-completed.ts";
import { inline } from "./inline.ts";
import { ThreadPoolExecutor } from "./thread-pool-executor.ts";
import { wait } from "./wait.ts";

/** Blocks its thread until the gate is opened. */
const held = inline({}, (_, gate: SharedArrayBuffer) => {
  const words = new Int32Array(gate);
  while (Atomics.load(words, 0) === 0) Atomics.wait(words, 0, 0, 20);
  return "held";
});
const quick = inline({}, (_, value: string) => value);
const failing = inline({}, () => {
  throw new RangeError("no");
});

const pools: ThreadPoolExecutor[] = [];
function makePool(maxWorkers: number): ThreadPoolExecutor {
  const pool = new ThreadPoolExecutor({ maxWorkers });
  pools.push(pool);
  return pool;
}
afterEach(async () => {
  for (const pool of pools.splice(0)) {
    pool.terminateWorkers();
    await pool.shutdown();
  }
});

describe("a thread that blocks for jobs of pools", () => {
  it("goes on when the first is done, when one fails, when time is over", () => {
    const [pool, other] = [makePool(1), makePool(1)];
    const gate = new SharedArrayBuffer(4);
    const slow = pool.submit(held, gate);
    const fast = other.submit(quick, "fast");
    expect(wait([slow, fast, fast], { returnWhen: FIRST_COMPLETED })).toEqual({
      done: new Set([fast]),
      notDone: new Set([slow]),
    });
    const failed = other.submit(failing);
    expect(wait([slow, failed], { returnWhen: FIRST_EXCEPTION }).done).toEqual(new Set([failed]));
    expect(wait([slow, fast], { timeout: "20ms" }).notDone).toEqual(new Set([slow]));
    Atomics.store(new Int32Array(gate), 0, 1);
    expect(wait([slow, fast, failed]).notDone.size).toBe(0);
    expect(slow.result()).toBe("held");
    expect(() => failed.result()).toThrow(RangeError);
  });

  it("has the results as they come", () => {
    const pool = makePool(2);
    const gate = new SharedArrayBuffer(4);
    const slow = pool.submit(held, gate);
    const order: unknown[] = [];
    for (const future of asCompleted([slow, pool.submit(quick, "a"), slow])) {
      order.push(future.result());
      Atomics.store(new Int32Array(gate), 0, 1);
    }
    expect(order).toEqual(["a", "held"]);
  });

  it("gives up asking after a time", () => {
    const pool = makePool(1);
    const slow = pool.submit(held, new SharedArrayBuffer(4));
    expect(() => [...asCompleted([slow], { timeout: "20ms" })]).toThrow("1 (of 1) futures unfinished");
    expect(() => slow.result("20ms")).toThrow(TimeoutError);
    expect(() => [...pool.map(held, [new SharedArrayBuffer(4)], { timeout: "20ms" })]).toThrow(TimeoutError);
  });

  it("has the results of map() in their order", () => {
    const pool = makePool(2);
    expect([...pool.map(quick, ["x", "y", "z"])]).toEqual(["x", "y", "z"]);
    expect([...pool.map(quick, ["x", "y", "z"], { chunksize: 2, buffersize: 1 })]).toEqual(["x", "y", "z"]);
  });
});
