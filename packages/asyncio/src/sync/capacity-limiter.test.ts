import { describe, expect, it } from "vitest";
import { CapacityLimiter, createTask, currentTask, gather, sleep, type Task, WouldBlock, wait } from "../index.ts";
import { runTest } from "../testing/index.ts";

const kinds = {
  generator: (limiter: CapacityLimiter, inside: () => void): Task<void> =>
    createTask(function* () {
      yield* limiter.runExclusive(function* () {
        inside();
        yield* sleep(1);
      });
    }),
  native: (limiter: CapacityLimiter, inside: () => void): Task<void> =>
    createTask(async () => {
      await limiter.runExclusive(async () => {
        inside();
        await sleep(1);
      });
    }),
};

for (const [kind, start] of Object.entries(kinds)) {
  describe(`a capacity limiter, ${kind}`, () => {
    it("lets in as many as it has tokens, in the order of arrival, and knows who", () =>
      runTest(async () => {
        const limiter = new CapacityLimiter(2);
        const order: number[] = [];
        const tasks = [0, 1, 2, 3, 4].map((i) => start(limiter, () => order.push(i)));
        await sleep(0.5);
        const { borrowers, ...numbers } = limiter.statistics();
        expect([String(limiter), numbers]).toEqual([
          "<CapacityLimiter [borrowed:2/2, waiters:3]>",
          { borrowedTokens: 2, totalTokens: 2, waiters: 3 },
        ]);
        expect(borrowers.map((borrower, i) => borrower === tasks[i])).toEqual([true, true]);
        await gather(tasks);
        expect([order, limiter.availableTokens, String(limiter)]).toEqual([
          [0, 1, 2, 3, 4],
          2,
          "<CapacityLimiter [borrowed:0/2]>",
        ]);
      }));

    it("gives the token of a task that is cancelled to the next: waiting, woken or inside", () =>
      runTest(async () => {
        for (const when of ["waiting", "woken", "inside"] as const) {
          const limiter = new CapacityLimiter(1);
          const guard = await limiter.acquire();
          const order: string[] = [];
          const tasks = ["a", "b"].map((name) => start(limiter, () => order.push(name)));
          await sleep(0);
          if (when === "waiting") tasks[0]!.cancel();
          guard.release();
          if (when === "woken") {
            expect(limiter.statistics().borrowers[0] === tasks[0]).toBe(true);
            tasks[0]!.cancel();
          }
          await sleep(0);
          if (when === "inside") tasks[0]!.cancel();
          await wait(tasks);
          expect([order, limiter.borrowedTokens]).toEqual([when === "inside" ? ["a", "b"] : ["b"], 0]);
        }
      }));
  });
}

describe("a capacity limiter", () => {
  it("takes an integer or Infinity", () => {
    for (const total of [Number.NaN, 1.5, "3" as never]) {
      expect(() => new CapacityLimiter(total)).toThrow(new TypeError("totalTokens must be an integer or Infinity"));
    }
    expect(() => new CapacityLimiter(0)).toThrow(new RangeError("totalTokens must be >= 1"));
    expect(new CapacityLimiter(Infinity).availableTokens).toBe(Infinity);
  });

  it("can grow and shrink at any time", () =>
    runTest(async () => {
      const limiter = new CapacityLimiter(1);
      const tasks = [1, 2, 3, 4].map((i) => createTask(limiter.acquireOnBehalfOf(i)));
      await sleep(0);
      limiter.totalTokens = 3;
      expect(limiter.statistics()).toEqual({ borrowedTokens: 3, totalTokens: 3, borrowers: [1, 2, 3], waiters: 3 });
      limiter.totalTokens = 1;
      limiter.releaseOnBehalfOf(1);
      limiter.releaseOnBehalfOf(2);
      await sleep(0);
      expect([limiter.availableTokens, tasks[3]!.done()]).toEqual([0, false]);
      limiter.releaseOnBehalfOf(3);
      (await tasks[3])!.release();
      expect(limiter.borrowedTokens).toBe(0);
    }));

  it("a borrower has one token at most, and gives back only what it has", () =>
    runTest(async () => {
      const limiter = new CapacityLimiter(1);
      const twice = "this borrower is already holding one of this CapacityLimiter's tokens";
      const none = "this borrower isn't holding any of this CapacityLimiter's tokens";
      expect(() => limiter.release()).toThrow(none);
      const guard = await limiter.acquire();
      expect(limiter.statistics().borrowers[0] === currentTask()).toBe(true);
      await expect(limiter.acquire().then()).rejects.toThrow(twice);
      expect(() => limiter.acquireNowait()).toThrow(twice);
      const waiting = createTask(limiter.acquireOnBehalfOf("x"));
      await sleep(0);
      await expect(limiter.acquireOnBehalfOf("x").then()).rejects.toThrow("already waiting for one");
      expect(() => limiter.acquireOnBehalfOfNowait("y")).toThrow(WouldBlock);
      waiting.cancel();
      await wait([waiting]);
      expect(() => limiter.releaseOnBehalfOf("x")).toThrow(none);
      guard.release();
      guard.release();
      const other = limiter.acquireOnBehalfOfNowait("x");
      expect(() => limiter.acquireNowait()).toThrow(WouldBlock);
      other.release();
      limiter.acquireNowait();
      limiter.release();
      expect(limiter.borrowedTokens).toBe(0);
    }));

  it("needs a borrower outside of tasks", () => {
    const limiter = new CapacityLimiter(1);
    expect(() => limiter.acquireNowait()).toThrow("inside a task, or on behalf of a borrower");
    limiter.acquireOnBehalfOfNowait("nobody's").release();
    expect(limiter.borrowedTokens).toBe(0);
  });
});
