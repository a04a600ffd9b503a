import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import {
  cancelScope,
  createTask,
  currentTask,
  gather,
  getRunningLoop,
  Lock,
  moveOnAfter,
  run,
  sleep,
  type Task,
  TimeoutError,
  timeout,
  wait,
} from "../index.ts";
import { TestLoop } from "../testing/index.ts";

const debugging = { debug: true, loopFactory: () => new TestLoop() };

describe.each(["generator", "native"])("debug mode, tasks of the %s kind", (kind) => {
  const body = <A extends unknown[], T>(script: Script<A, T>) => bodyOf(kind, script);
  let warnings: string[] = [];
  beforeEach(() => {
    warnings = [];
    vi.spyOn(console, "warn").mockImplementation((text: unknown) => void warnings.push(String(text)));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("reports who swallowed a cancellation, and where", async () => {
    await run(async () => {
      const task = createTask(
        body(function* swallower() {
          try {
            yield sleep("1h");
          } catch {}
          return "as if nothing had been";
        }),
        { name: "deaf" },
      );
      await sleep(1);
      task.cancel();
      expect(await task).toBe("as if nothing had been");
    }, debugging);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^deaf \(.*\) swallowed a cancellation: CancelledError was thrown/);
    expect(warnings[0]).toContain("the task ended with a result. Rethrow it");
  });

  it("is silent for one that passes it on, answers it, or was never interrupted", async () => {
    await run(async () => {
      const passes = createTask(() => sleep("1h"));
      const answers = createTask(
        body(function* () {
          try {
            yield sleep("1h");
          } catch {
            currentTask()!.uncancel();
          }
        }),
      );
      const fails = createTask(
        body(function* () {
          try {
            yield sleep("1h");
          } catch {
            throw new RangeError("another error");
          }
        }),
      );
      await sleep(1);
      for (const task of [passes, answers, fails]) task.cancel();
      await gather([passes, answers, fails], { returnExceptions: true });
      await expect(async () => await timeout(1, () => sleep("1h"))).rejects.toThrow(TimeoutError);
    }, debugging);
    expect(warnings).toEqual([]);
  });

  it("names the child that swallowed, not the task that waits for it", async () => {
    await run(async () => {
      const child = createTask(
        body(function* () {
          try {
            yield sleep("1h");
          } catch {}
        }),
        { name: "child" },
      );
      const parent = createTask(
        body(function* () {
          yield child;
        }),
        { name: "parent" },
      );
      await sleep(1);
      parent.cancel();
      await parent;
    }, debugging);
    expect(warnings.map((text) => text.split(" ")[0])).toEqual(["child"]);
  });

  it("reports the body of a timeout that swallowed", async () => {
    await run(async () => {
      await timeout(
        1,
        body(function* () {
          try {
            yield sleep("1h");
          } catch {}
        }),
      );
    }, debugging);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("the body of <Timeout [expired]> ended with a result");
  });

  it("reports a cancelled task that runs on, less and less often", async () => {
    await run(async () => {
      getRunningLoop().slowCancellationDuration = 2;
      const task = createTask(
        body(function* () {
          while (getRunningLoop().time() < 30) {
            try {
              yield sleep(1);
            } catch {}
          }
          currentTask()!.uncancel();
        }),
        { name: "stubborn" },
      );
      await sleep("500ms");
      task.cancel();
      await task;
    }, debugging);
    expect(warnings.map((text) => text.replace(/\(.*\) was/, "() was").replace(/;.*/, ""))).toEqual(
      [2, 4, 8, 16].map((passed) => `stubborn () was cancelled ${passed}.0 seconds ago and is still running`),
    );
    expect(warnings[0]).toMatch(/; it waits at .*:\d+/);
  });

  it("is silent after a scope that has been left", async () => {
    await run(async () => {
      await createTask(
        body(function* () {
          yield moveOnAfter(1, () => sleep("1h"));
          for (let i = 0; i < 10; i++) yield sleep(5);
        }),
      );
    }, debugging);
    expect(warnings).toEqual([]);
  });

  it("reports a cancelled scope that is not left", async () => {
    await run(async () => {
      await cancelScope(
        body(function* (scope) {
          scope.cancel();
          for (let i = 0; i < 12; i++) yield cancelScope(() => sleep(1), { shield: true });
        }),
      );
    }, debugging);
    expect(warnings.map((text) => /ago and is still running/.test(text))).toEqual([true, true]);
  });

  it("reports tasks that wait for each other, once, and not where a deadline ends it", async () => {
    await run(async () => {
      const circle = (limited: boolean): Task<unknown>[] => {
        const tasks: Task<unknown>[] = [];
        const waitFor = (other: number) =>
          body(function* () {
            yield limited ? timeout(30, () => tasks[other]!) : tasks[other]!;
          });
        tasks.push(createTask(waitFor(1), { name: "one" }), createTask(waitFor(2), { name: "two" }));
        tasks.push(
          createTask(
            body(function* () {
              yield gather([tasks[0]!]);
            }),
            { name: "three" },
          ),
        );
        return tasks;
      };
      const limited = circle(true);
      await sleep(10);
      expect(warnings).toEqual([]);
      limited[0]!.cancel();
      await wait(limited);
      const endless = circle(false);
      await sleep(10);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain("These wait for each other");
      for (const name of ["one", "two", "three"]) expect(warnings[0]).toContain(`  ${name} (`);
      endless[1]!.cancel();
      await wait(endless);
    }, debugging);
  });

  it("reports a circle through locks", async () => {
    await run(async () => {
      const [first, second] = [new Lock(), new Lock()];
      const takes = (one: Lock, other: Lock) =>
        body(function* () {
          yield one.acquire();
          yield sleep(1);
          yield other.acquire();
        });
      const tasks = [
        createTask(takes(first, second), { name: "one" }),
        createTask(takes(second, first), { name: "two" }),
      ];
      await sleep(10);
      for (const task of tasks) task.cancel();
      await wait(tasks);
    }, debugging);
    expect(warnings[0]).toContain("These wait for each other");
    expect(warnings.slice(1).map((text) => /has ended without releasing it/.test(text))).toEqual([true, true]);
  });
});
