import { describe, expect, it } from "vitest";
import {
  Condition,
  type Coroutine,
  createTask,
  currentTask,
  gather,
  Lock,
  run,
  sleep,
  type Task,
  wait,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const kinds = {
  generator: (condition: Condition): Task<true> =>
    createTask(function* () {
      return yield* condition.runExclusive(function* () {
        return yield* condition.wait();
      });
    }),
  native: (condition: Condition): Task<true> =>
    createTask(async () => await condition.runExclusive(async () => await condition.wait())),
};

for (const [kind, start] of Object.entries(kinds)) {
  describe(`a condition, ${kind}`, () => {
    const parked = async (condition: Condition, count: number): Promise<Task<true>[]> => {
      const tasks = Array.from({ length: count }, () => start(condition));
      await sleep(0);
      return tasks;
    };

    it("shows its lock and how many wait", () =>
      runTest(async () => {
        const condition = new Condition();
        const tasks = await parked(condition, 2);
        const guard = await condition.acquire();
        const { waiters, lock } = condition.statistics();
        expect([String(condition), waiters, lock.locked]).toEqual(["<Condition [locked, waiters:2]>", 2, true]);
        expect(lock.holder).toBe(currentTask());
        condition.notifyAll();
        guard.release();
        expect(await gather(tasks)).toEqual([true, true]);
      }));

    it("the guard of before the wait releases the lock after it", () =>
      runTest(async () => {
        const condition = new Condition();
        const task = createTask(
          kind === "native"
            ? async () => {
                const guard = await condition.acquire();
                await condition.wait();
                expect(condition.statistics().lock.holder).toBe(task);
                guard.release();
                return condition.locked();
              }
            : function* () {
                const guard = yield* condition.acquire();
                yield* condition.wait();
                expect(condition.statistics().lock.holder).toBe(task);
                guard.release();
                return condition.locked();
              },
        ) as Task<boolean>;
        await sleep(0);
        await condition.runExclusive(async () => condition.notify());
        expect(await task).toBe(false);
      }));

    it("a notification is never lost, whoever of those notified is cancelled, at each of its steps", () =>
      runTest(async () => {
        for (let steps = 0; steps < 4; steps++) {
          const condition = new Condition();
          const tasks = await parked(condition, 3);
          const guard = await condition.acquire();
          condition.notify(1);
          for (let i = 0; i < steps; i++) await sleep(0);
          tasks[0]!.cancel();
          guard.release();
          await wait(tasks.slice(0, 2));
          expect([tasks[0]!.cancelled(), tasks[1]!.result(), tasks[2]!.done()]).toEqual([true, true, false]);
          tasks[2]!.cancel();
          await wait(tasks);
          expect(condition.statistics()).toEqual({ waiters: 0, lock: { locked: false, holder: null, waiters: 0 } });
        }
      }));

    it("is cancelled only with the lock in hand, however often", () =>
      runTest(async () => {
        const condition = new Condition();
        const [task] = await parked(condition, 1);
        const guard = await condition.acquire();
        for (let i = 0; i < 5; i++) {
          task!.cancel(i);
          await sleep(0);
          expect(task!.done()).toBe(false);
        }
        guard.release();
        await wait([task!]);
        expect([task!.cancelled(), condition.locked()]).toEqual([true, false]);
        await expect(task!.then()).rejects.toMatchObject({ reason: 4 });
      }));
  });
}

describe("a condition", () => {
  it("takes a lock only, may share it, and checks what it is given", () =>
    runTest(async () => {
      expect(() => new Condition({} as Lock)).toThrow(new TypeError("Condition takes a Lock"));
      const lock = new Lock();
      const [one, other] = [new Condition(lock), new Condition(lock)];
      await one.runExclusive(async () => {
        expect([other.locked(), lock.locked()]).toEqual([true, true]);
        expect(() => other.notify(Number.NaN)).toThrow(RangeError);
        await expect(one.waitFor(async () => false).then()).rejects.toThrow("the predicate must not be asynchronous");
      });
    }));

  it("closed by hand it leaves, with its notification passed on", () =>
    runTest(async () => {
      const condition = new Condition();
      await condition.acquire();
      const waits: Coroutine<true>[] = [condition.wait()];
      waits[0]!.send(null);
      await condition.acquire();
      waits.push(condition.wait());
      waits[1]!.send(null);
      await condition.acquire();
      condition.notify();
      condition.release();
      waits[0]!.close();
      condition.release(); // The closed wait has acquired the lock again, as a body around it would expect.
      expect(() => waits[1]!.send(null)).toThrow(expect.objectContaining({ name: "StopIteration" }));
      expect(condition.statistics().waiters).toBe(0);
    }));

  it("20,000 wait and are notified: linear time", () =>
    run(function* () {
      const condition = new Condition();
      const tasks = Array.from({ length: 20_000 }, () => kinds.generator(condition));
      yield* sleep(0);
      for (let i = 0; i < 1000; i++) tasks[i * 3]!.cancel();
      yield* condition.runExclusive(function* () {
        condition.notifyAll();
      });
      yield* wait(tasks);
      expect(condition.statistics()).toEqual({ waiters: 0, lock: { locked: false, holder: null, waiters: 0 } });
    }));
});
