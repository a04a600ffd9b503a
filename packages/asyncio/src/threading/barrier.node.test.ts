import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { startWorker } from "../../../../tests/support/worker-thread.ts";
import { BrokenBarrierError, createTask, gather, RuntimeError, run, sleep, wait } from "../index.ts";
import { Barrier, SharedArray } from "./index.ts";

const package_ = new URL("../../", import.meta.url);

describe("a barrier between threads", () => {
  it("is Python's", () => {
    for (const parties of [0, Number.NaN]) {
      expect(() => new Barrier(parties)).toThrow(new RangeError("parties must be >= 1"));
    }
    expect(() => new Barrier(1.5)).toThrow(RangeError);
    expect(() => new Barrier(1, { timeout: Number.NaN })).toThrow(RangeError);
    const alone = new Barrier(1);
    expect([alone.wait(), alone.wait()]).toEqual([0, 0]);
    const barrier = new Barrier(2, { timeout: "5ms" });
    expect(() => barrier.wait()).toThrow(BrokenBarrierError);
    expect([barrier.broken, barrier.nWaiting]).toEqual([true, 0]);
    expect(() => barrier.wait({ timeout: 1000 })).toThrow(BrokenBarrierError);
    barrier.reset();
    expect(barrier.statistics()).toEqual({ parties: 2, broken: false, waiters: 0 });
    expect(String(barrier)).toBe("<Barrier [filling, waiters:0/2]>");
    barrier.abort();
    expect(String(barrier)).toBe("<Barrier [broken]>");
  });

  it.each(["generator", "native"])("gives each of the %s coroutines another number", (kind) =>
    run(async () => {
      const barrier = new Barrier(3);
      expect(() => barrier.wait()).toThrow(RuntimeError);
      const waits = bodyOf(kind, function* () {
        return (yield barrier.waitAsync()) as number;
      });
      const leaving = createTask(() => waits());
      while (barrier.nWaiting < 1) await sleep(0);
      leaving.cancel();
      await wait([leaving]);
      expect(barrier.nWaiting).toBe(0);
      for (let round = 0; round < 3; round++) {
        const numbers = await gather(...[1, 2, 3].map(() => () => waits()));
        expect(numbers.sort()).toEqual([0, 1, 2]);
      }
      const waiting = [createTask(() => waits()), createTask(() => waits())];
      while (barrier.nWaiting < 2) await sleep(0);
      barrier.reset();
      await wait(waiting);
      for (const task of waiting) expect(task.exception()).toBeInstanceOf(BrokenBarrierError);
      expect(barrier.broken).toBe(false);
    }),
  );

  it("keeps threads in step", async () => {
    const parties = 3;
    const rounds = 200;
    const data = { barrier: new Barrier(parties), count: new SharedArray("int32", rounds) };
    const check = `if (data.count.view[round] !== ${parties}) throw new Error("round " + round);`;
    const blocking = `for (let round = 0; round < ${rounds}; round++) {
      Atomics.add(data.count.view, round, 1);
      data.barrier.wait();
      ${check}
    }`;
    const awaiting = `await asyncio.run(async () => {
      for (let round = 0; round < ${rounds}; round++) {
        Atomics.add(data.count.view, round, 1);
        await data.barrier.waitAsync();
        ${check}
      }
    });`;
    const workers = [blocking, awaiting, blocking].map((source) => startWorker(source, data, package_));
    for (const { result } of workers) await result;
    expect([...data.count]).toEqual(new Array(rounds).fill(parties));
    await Promise.all(workers.map(({ exit }) => exit));
  }, 60_000);
});
