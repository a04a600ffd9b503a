import { describe, expect, it } from "vitest";
import {
  AwaitableBase,
  CancelledError,
  type CoroutineGenerator,
  createTask,
  gather,
  getRunningLoop,
  isAwaitable,
  isCoroutine,
  isFuture,
  sleep,
  wait,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

class Delayed extends AwaitableBase<string> {
  private readonly delay: number;
  started = 0;
  constructor(delay: number) {
    super();
    this.delay = delay;
  }
  protected override *awaitSteps(): CoroutineGenerator<string> {
    this.started++;
    yield* sleep(this.delay);
    return `after ${this.delay}`;
  }
}

describe("AwaitableBase", () => {
  it("is awaited by both kinds, as often as one likes, and by then, catch and finally", () =>
    runTest(async () => {
      const delayed = new Delayed(2);
      expect([isAwaitable(delayed), isFuture(delayed), isCoroutine(delayed)]).toEqual([true, false, false]);
      expect(await delayed).toBe("after 2");
      const generator = createTask(function* () {
        return [yield* delayed, yield* delayed];
      });
      expect(await generator).toEqual(["after 2", "after 2"]);
      expect(await delayed.then((text) => text.length)).toBe(7);
      expect(await delayed.catch(() => "never").finally(() => {})).toBe("after 2");
      expect(delayed.started).toBe(5);
      expect(getRunningLoop().time()).toBe(10);
    }));

  it("several tasks wait for one object at the same time, each by steps of its own", () =>
    runTest(async () => {
      const delayed = new Delayed(2);
      const tasks = [createTask(async () => await delayed), createTask(async () => await delayed)];
      await sleep(1);
      tasks[0]!.cancel();
      await wait(tasks);
      expect(tasks.map((task) => task.cancelled())).toEqual([true, false]);
      expect([delayed.started, getRunningLoop().time()]).toEqual([2, 2]);
    }));

  it("a cancelled task leaves the steps through their finally", () =>
    runTest(async () => {
      const log: unknown[] = [];
      class Careful extends AwaitableBase<void> {
        protected override *awaitSteps(): CoroutineGenerator<void> {
          try {
            yield* sleep(100);
          } finally {
            yield* sleep(1);
            log.push(getRunningLoop().time());
          }
        }
      }
      for (const body of [
        async () => await new Careful(),
        function* () {
          yield* new Careful();
        },
      ]) {
        const task = createTask(body);
        await sleep(1);
        task.cancel();
        await expect(task).rejects.toBeInstanceOf(CancelledError);
      }
      expect(log).toEqual([2, 4]);
    }));

  it("is taken by gather(), and outside of run() it says so", async () => {
    await runTest(async () => {
      expect(await gather(new Delayed(1), new Delayed(2))).toEqual(["after 1", "after 2"]);
      expect(await Promise.all([new Delayed(1), new Delayed(2)])).toEqual(["after 1", "after 2"]);
    });
    await expect((async () => await new Delayed(1))()).rejects.toThrow("no running event loop");
  });

  it("iterated by mistake it says so, and steps that are none are an error", () =>
    runTest(async () => {
      expect(() => [...(new Delayed(1) as unknown as Iterable<unknown>)]).toThrow("not iterated");
      class Wrong extends AwaitableBase<number> {
        protected override awaitSteps(): CoroutineGenerator<number> {
          return 5 as never;
        }
      }
      await expect(createTask(async () => await new Wrong())).rejects.toThrow(
        "a coroutine was expected, but awaitSteps() returned 5",
      );
    }));
});
