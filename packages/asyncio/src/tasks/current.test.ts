import { describe, expect, it } from "vitest";
import {
  allTasks,
  createTask,
  currentTask,
  gather,
  getEventLoop,
  getRunningLoop,
  newEventLoop,
  setEventLoop,
  sleep,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

const itExact = it.skipIf("document" in globalThis);

describe("currentTask()", () => {
  it("is a RuntimeError without a running loop", () => {
    expect(() => currentTask()).toThrow("no running event loop");
    expect(() => allTasks()).toThrow("no running event loop");
    expect(() => getRunningLoop()).toThrow("no running event loop");
  });

  it("is null in a callback", () =>
    runTest(async () => {
      const seen: unknown[] = [];
      getRunningLoop().callSoon(() => seen.push(currentTask()));
      getRunningLoop().callLater(1, () => seen.push(currentTask()));
      const future = getRunningLoop().createFuture();
      future.addDoneCallback(() => seen.push(currentTask()));
      future.cancel();
      await sleep(2);
      expect(seen).toEqual([null, null, null]);
    }));

  itExact("is right across interleavings of both kinds, and after foreign awaits", () =>
    runTest(async () => {
      const wrong: string[] = [];
      const check = (name: string): void => {
        if (currentTask()?.getName() !== name) wrong.push(name);
      };
      const native = (name: string) => async () => {
        for (let i = 0; i < 5; i++) {
          check(name);
          await sleep(0);
          check(name);
          await Promise.resolve();
          check(name);
          await new Promise((resolve) => setTimeout(resolve));
          check(name);
        }
      };
      const generator = (name: string) =>
        function* () {
          for (let i = 0; i < 20; i++) {
            check(name);
            yield* sleep(0);
          }
        };
      await gather(
        ...["a", "b", "c"].map((name) => createTask(native(name), { name })),
        ...["d", "e", "f"].map((name) => createTask(generator(name), { name })),
      );
      expect(wrong).toEqual([]);
    }),
  );

  itExact("is null in a helper that outlives its task", () =>
    runTest(async () => {
      const seen: unknown[] = [];
      let helper: Promise<void> = Promise.resolve();
      await createTask(async () => {
        helper = (async () => {
          await new Promise((resolve) => setTimeout(resolve, 1));
          seen.push(currentTask());
        })();
      });
      await helper;
      expect(seen).toEqual([null]);
    }),
  );

  it("of another loop is null", () =>
    runTest(async () => {
      const other = newEventLoop();
      expect(currentTask(other)).toBeNull();
      expect(currentTask(getRunningLoop())).not.toBeNull();
      other.close();
    }));
});

describe("allTasks()", () => {
  it("gives the pending tasks in the order of creation, as a copy", () =>
    runTest(async () => {
      const main = currentTask()!;
      const tasks = [createTask(() => sleep(2)), createTask(() => sleep(1)), createTask(() => sleep(3))];
      const before = allTasks();
      expect([...before].every((task, index) => task === [main, ...tasks][index])).toBe(true);
      await sleep(1.5);
      expect(before.size).toBe(4);
      expect([...allTasks()].map((task) => task.getName())).toEqual(
        [main, tasks[0]!, tasks[2]!].map((t) => t.getName()),
      );
      await gather(tasks);
      expect(allTasks().size).toBe(1);
    }));

  it("is right after tasks ended in any order", () =>
    runTest(async () => {
      const delays = [5, 1, 4, 2, 3, 1, 5, 2];
      const tasks = delays.map((delay) => createTask(() => sleep(delay)));
      for (let time = 1; time <= 5; time++) {
        await sleep(time === 1 ? 1.5 : 1);
        const pending = tasks.filter((task) => !task.done());
        const listed = [...allTasks()].slice(1);
        expect(listed.length).toBe(pending.length);
        expect(listed.every((task, index) => task === pending[index])).toBe(true);
      }
    }));
});

describe("the thread's default loop", () => {
  it("is made on first use, kept, replaced when it is closed, and set by setEventLoop()", () => {
    setEventLoop(null);
    const first = getEventLoop();
    expect(getEventLoop()).toBe(first);
    first.close();
    const second = getEventLoop();
    expect(second).not.toBe(first);
    const own = newEventLoop();
    setEventLoop(own);
    expect(getEventLoop()).toBe(own);
    setEventLoop(null);
    second.close();
    own.close();
  });

  it("inside a running loop getEventLoop() is that one", () =>
    runTest(async () => {
      expect(getEventLoop()).toBe(getRunningLoop());
      await sleep(0);
      expect(getEventLoop()).toBe(getRunningLoop());
    }));
});
