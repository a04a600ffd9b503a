import { describe, expect, it } from "vitest";
import { BoundedSemaphore, createTask, gather, run, Semaphore, sleep, type Task, wait } from "../index.ts";
import { runTest } from "../testing/index.ts";

describe("a semaphore", () => {
  it("takes a number of permits, and nothing else", () => {
    for (const value of [-1, Number.NaN, Number.NEGATIVE_INFINITY]) {
      expect(() => new Semaphore(value)).toThrow(new RangeError("Semaphore initial value must be >= 0"));
    }
    expect(() => new Semaphore(1.5)).toThrow(new RangeError("Semaphore initial value must be an integer"));
    expect(String(new Semaphore())).toBe("<Semaphore [unlocked, value:1]>");
    expect(String(new BoundedSemaphore(0))).toBe("<BoundedSemaphore [locked]>");
  });

  it("shows its value and how many wait", () =>
    runTest(async () => {
      const semaphore = new Semaphore(1);
      const tasks = Array.from({ length: 3 }, () => createTask(semaphore.acquire()));
      await sleep(0);
      expect([String(semaphore), semaphore.statistics()]).toEqual([
        "<Semaphore [locked, waiters:2]>",
        { value: 0, locked: true, waiters: 2 },
      ]);
      for (let i = 0; i < 3; i++) semaphore.release();
      await gather(tasks);
      expect(semaphore.statistics()).toEqual({ value: 1, locked: false, waiters: 0 });
    }));

  it("guards release once", () =>
    runTest(function* () {
      const semaphore = new Semaphore(2);
      const guard = yield* semaphore.acquire();
      guard.release();
      guard[Symbol.dispose]();
      expect(semaphore.statistics().value).toBe(2);
    }));

  it("runExclusive gives the body's result and the permit back", () =>
    runTest(async () => {
      const semaphore = new BoundedSemaphore(1);
      expect(await semaphore.runExclusive(async () => semaphore.locked())).toBe(true);
      await expect(
        semaphore
          .runExclusive(function* () {
            yield* sleep(1);
            throw new RangeError("of the body");
          })
          .then(),
      ).rejects.toThrow("of the body");
      expect(semaphore.locked()).toBe(false);
      expect(() => semaphore.release()).toThrow(new RangeError("BoundedSemaphore released too many times"));
    }));

  it("with endless permits lets everybody in", () =>
    runTest(async () => {
      for (const semaphore of [new Semaphore(Infinity), new BoundedSemaphore(Infinity)]) {
        await gather(Array.from({ length: 5 }, () => semaphore.acquire()));
        semaphore.release();
        expect(semaphore.locked()).toBe(false);
      }
    }));

  for (const kind of ["generator", "native"] as const) {
    it(`never lets in more than it has permits, and loses none, whoever is cancelled when (${kind})`, async () => {
      for (let seed = 1; seed <= 15; seed++) await runTest(() => storm(kind, seed), { seed });
    });
  }

  it("20,000 wait, every second leaves, all permits come at once: linear time", () =>
    run(function* () {
      const semaphore = new Semaphore(0);
      const tasks = Array.from({ length: 20_000 }, () => createTask(semaphore.acquire()));
      yield* sleep(0);
      for (let i = 0; i < 20_000; i += 2) tasks[i]!.cancel();
      for (let i = 0; i < 12_000; i++) semaphore.release();
      yield* wait(tasks);
      expect(semaphore.statistics()).toEqual({ value: 2_000, locked: false, waiters: 0 });
    }));
});

async function storm(kind: "generator" | "native", seed: number): Promise<void> {
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  const semaphore = new BoundedSemaphore(3);
  let inside = 0;
  const start = (): Task<void> =>
    kind === "native"
      ? createTask(async () => {
          for (let i = 0; i < 4; i++) {
            const guard = await semaphore.acquire();
            try {
              expect(++inside).toBeLessThanOrEqual(3);
              for (let n = random(3); n > 0; n--) await sleep(0);
            } finally {
              inside--;
              guard.release();
            }
          }
        })
      : createTask(function* () {
          for (let i = 0; i < 4; i++) {
            yield* semaphore.runExclusive(function* () {
              try {
                expect(++inside).toBeLessThanOrEqual(3);
                for (let n = random(3); n > 0; n--) yield* sleep(0);
              } finally {
                inside--;
              }
            });
          }
        });
  const tasks = Array.from({ length: 15 }, start);
  for (let i = 0; i < 20; i++) {
    for (let n = random(3); n > 0; n--) await sleep(0);
    tasks[random(tasks.length)]!.cancel();
  }
  await wait(tasks);
  for (const task of tasks) if (!task.cancelled()) expect(task.exception()).toBe(null);
  expect([semaphore.statistics(), inside]).toEqual([{ value: 3, locked: false, waiters: 0 }, 0]);
}
