import { describe, expect, it } from "vitest";
import { createTask, getRunningLoop, run, sleep } from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

describe("sleep()", () => {
  it.each([0, -1, "0s", "-5ms"] as const)("of %s is one turn of the loop, in both kinds", async (delay) => {
    const loop = new TestLoop();
    await run(
      async () => {
        const start = loop.iteration;
        expect(await sleep(delay, "result")).toBe("result");
        expect(loop.iteration - start).toBe(1);
        const turns = await createTask(function* () {
          const before = loop.iteration;
          yield* sleep(delay);
          return loop.iteration - before;
        });
        expect(turns).toBe(1);
        expect(loop.time()).toBe(0);
      },
      { loopFactory: () => loop },
    );
  });

  it("takes units, gives its result, starts its clock when it is awaited", () =>
    runTest(async () => {
      const loop = getRunningLoop();
      expect(await sleep("250ms", "value")).toBe("value");
      expect(loop.time()).toBe(0.25);
      const later = sleep(1);
      await sleep(5);
      await later;
      expect(loop.time()).toBe(6.25);
    }));

  it("refuses NaN and nonsense when it is called", () => {
    expect(() => sleep(NaN)).toThrow(RangeError);
    expect(() => sleep("soon" as never)).toThrow(RangeError);
    expect(() => sleep(null as never)).toThrow(TypeError);
    expect(() => sleep(undefined as never)).toThrow(TypeError);
  });

  it("cancelling it takes its timer away", () =>
    runTest(async () => {
      const loop = getRunningLoop();
      const tasks = Array.from({ length: 300 }, (_, i) =>
        createTask(
          i % 2 === 0
            ? () => sleep(1000)
            : function* () {
                yield* sleep(1000);
              },
        ),
      );
      await sleep(0);
      expect(loop._timers.size).toBe(300);
      for (const task of tasks) task.cancel();
      await sleep(0);
      await sleep(0);
      expect(loop._timers.size).toBeLessThanOrEqual(100);
      expect(loop.time()).toBe(0);
    }));

  it("sleep(Infinity) waits until it is cancelled", () =>
    runTest(async () => {
      const task = createTask(() => sleep(Infinity));
      await sleep(1e9);
      expect(task.done()).toBe(false);
      task.cancel();
      await task.catch(() => {});
      expect(task.cancelled()).toBe(true);
    }));
});
