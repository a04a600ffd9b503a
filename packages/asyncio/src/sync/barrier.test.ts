import { describe, expect, it } from "vitest";
import {
  Barrier,
  BrokenBarrierError,
  createTask,
  gather,
  RuntimeError,
  run,
  sleep,
  type Task,
  wait,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const kinds = {
  generator: (barrier: Barrier): Task<number> =>
    createTask(function* () {
      return yield* barrier.wait();
    }),
  native: (barrier: Barrier): Task<number> => createTask(async () => await barrier.wait()),
};

for (const [kind, start] of Object.entries(kinds)) {
  describe(`a barrier, ${kind}`, () => {
    it("gives each party a number, and works again", () =>
      runTest(async () => {
        const barrier = new Barrier(3);
        for (let round = 0; round < 3; round++) {
          const tasks = Array.from({ length: 2 }, () => start(barrier));
          await sleep(0);
          expect([String(barrier), barrier.nWaiting, barrier.statistics()]).toEqual([
            "<Barrier [filling, waiters:2/3]>",
            2,
            { parties: 3, state: "filling", waiters: 2 },
          ]);
          expect([await barrier.wait(), await gather(tasks)]).toEqual([2, [0, 1]]);
        }
      }));

    it("stays usable whoever leaves at which step", () =>
      runTest(async () => {
        for (let victim = 0; victim < 4; victim++) {
          for (let steps = 0; steps < 6; steps++) {
            const barrier = new Barrier(3);
            const tasks = Array.from({ length: 4 }, () => start(barrier));
            for (let i = 0; i < steps; i++) await sleep(0);
            tasks[victim]!.cancel();
            for (let i = 0; i < 10; i++) await sleep(0);
            const left = tasks.filter((task) => !task.done());
            expect([barrier.nWaiting, barrier.broken]).toEqual([left.length, false]);
            for (let i = left.length; i < 3; i++) tasks.push(start(barrier));
            await wait(tasks);
            for (const task of tasks) if (!task.cancelled()) expect(task.exception()).toBe(null);
            expect(String(barrier)).toBe("<Barrier [filling, waiters:0/3]>");
          }
        }
      }));

    it("broken, it sends everybody away until it is reset", () =>
      runTest(async () => {
        const barrier = new Barrier(2);
        const task = start(barrier);
        await sleep(0);
        await barrier.abort();
        await expect(task.then()).rejects.toThrow(new BrokenBarrierError("Abort or reset of barrier"));
        await expect(start(barrier).then()).rejects.toThrow(new BrokenBarrierError("Barrier aborted"));
        expect([String(barrier), barrier.broken, barrier.nWaiting]).toEqual(["<Barrier [broken]>", true, 0]);
        await barrier.reset();
        expect(await gather([start(barrier), start(barrier)])).toEqual(expect.arrayContaining([0, 1]));
      }));
  });
}

describe("a barrier", () => {
  it("checks the number of its parties", () => {
    for (const parties of [0, -1, Number.NaN]) {
      expect(() => new Barrier(parties)).toThrow(new RangeError("parties must be >= 1"));
    }
    expect(() => new Barrier(1.5)).toThrow(new RangeError("parties must be an integer"));
    expect(new BrokenBarrierError("x")).toBeInstanceOf(RuntimeError);
  });

  it("use runs both kinds of body with the number", () =>
    runTest(async () => {
      const barrier = new Barrier(2);
      const results = await gather([
        barrier.use(async (index) => `native ${index}`),
        barrier.use(function* (index) {
          yield* sleep(0);
          return `generator ${index}`;
        }),
      ]);
      expect(results).toEqual(["native 0", "generator 1"]);
    }));

  it("4,000 parties meet in linear time", () =>
    run(function* () {
      const barrier = new Barrier(4_000);
      const indices = yield* gather(Array.from({ length: 8_000 }, () => barrier.wait()));
      expect(new Set(indices).size).toBe(4_000);
    }));
});
