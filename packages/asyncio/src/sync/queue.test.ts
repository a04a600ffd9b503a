import { describe, expect, it } from "vitest";
import {
  type Coroutine,
  createTask,
  gather,
  getRunningLoop,
  LifoQueue,
  PriorityQueue,
  Queue,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  run,
  sleep,
  type Task,
  timeout,
} from "../index.ts";
import { runTest, TestLoop } from "../testing/index.ts";

const kinds = {
  generator: <T>(coroutine: () => Coroutine<T>): Task<T> =>
    createTask(function* () {
      return yield* coroutine();
    }),
  native: <T>(coroutine: () => Coroutine<T>): Task<T> => createTask(async () => await coroutine()),
};

for (const [kind, start] of Object.entries(kinds)) {
  describe(`a queue, ${kind}`, () => {
    it("put() and get() that need not wait do not suspend", () =>
      runTest(async () => {
        const loop = getRunningLoop() as TestLoop;
        const queue = new Queue<number>();
        const task = start(() => queue.put(1));
        await sleep(0);
        expect(task.done()).toBe(true);
        const taken = start(() => queue.get());
        const before = loop.iteration;
        expect(await taken).toBe(1);
        expect(loop.iteration - before).toBeLessThanOrEqual(2);
      }));

    it("a full queue makes producers wait, in order", () =>
      runTest(async () => {
        const queue = new Queue<string>(1);
        const tasks = ["a", "b", "c"].map((item) => start(() => queue.put(item)));
        await sleep(0);
        expect(tasks.map((task) => task.done())).toEqual([true, false, false]);
        expect([await queue.get(), await queue.get(), await queue.get()]).toEqual(["a", "b", "c"]);
        await gather(tasks);
      }));

    it("a cancelled get() loses nothing, before, after and in the very moment of the put()", () =>
      runTest(async () => {
        for (const moment of ["before", "same", "after"]) {
          const queue = new Queue<string>();
          const [first, second] = [start(() => queue.get()), start(() => queue.get())];
          await sleep(0);
          if (moment === "before") first.cancel();
          queue.putNowait("x");
          if (moment === "same") first.cancel();
          await sleep(0);
          if (moment === "after") {
            expect([first.result(), first.cancel(), queue.empty()]).toEqual(["x", false, true]);
            second.cancel();
            continue;
          }
          expect([first.cancelled(), await second]).toEqual([true, "x"]);
        }
      }));

    it("a timeout that passes in the moment of the put() leaves the item in the queue", () =>
      runTest(async () => {
        const queue = new Queue<string>();
        getRunningLoop().callLater(1, () => queue.putNowait("x"));
        const outcome = await start(() => timeout(1, () => queue.get())).catch(
          (error: unknown) => (error as Error).name,
        );
        expect([outcome, queue.qsize()]).toEqual(["TimeoutError", 1]);
      }));

    it("shutdown() wakes all who wait", () =>
      runTest(async () => {
        const [empty, full] = [new Queue<number>(), new Queue<number>(1)];
        full.putNowait(1);
        const tasks: Task<unknown>[] = [start(() => empty.get()), start(() => full.put(2)), start(() => full.join())];
        await sleep(0);
        empty.shutdown();
        full.shutdown({ immediate: true });
        const outcomes = await gather(tasks, { returnExceptions: true });
        expect(outcomes.map((outcome) => outcome instanceof QueueShutDown)).toEqual([true, true, false]);
        await expect(start(() => full.put(3))).rejects.toBeInstanceOf(QueueShutDown);
        await expect(start(() => full.get())).rejects.toBeInstanceOf(QueueShutDown);
        expect(() => full.putNowait(3)).toThrow(QueueShutDown);
        expect(() => full.getNowait()).toThrow(QueueShutDown);
      }));
  });
}

describe("a queue", () => {
  it("says what it is", () =>
    runTest(async () => {
      const queue = new Queue<unknown>(2);
      expect(String(queue)).toBe("<Queue maxsize=2>");
      const getter = createTask(queue.get());
      await sleep(0);
      expect(String(queue)).toBe("<Queue maxsize=2 _getters[1]>");
      expect(queue.statistics()).toEqual({
        size: 0,
        maxsize: 2,
        unfinished: 0,
        tasksWaitingGet: 1,
        tasksWaitingPut: 0,
        tasksWaitingJoin: 0,
        shutDown: false,
      });
      for (const item of ["a", 1]) queue.putNowait(item);
      await getter;
      queue.putNowait([1]);
      const tasks = [createTask(queue.put(0)), createTask(queue.join())];
      await sleep(0);
      expect(String(queue)).toBe("<Queue maxsize=2 _queue=[1, [1]] _putters[1] tasks=3>");
      expect(queue.statistics()).toMatchObject({ size: 2, tasksWaitingPut: 1, tasksWaitingJoin: 1, unfinished: 3 });
      queue.shutdown({ immediate: true });
      expect(String(queue)).toBe("<Queue maxsize=2 tasks=1 shutdown>");
      queue.taskDone();
      await gather(tasks, { returnExceptions: true });
      expect(queue.statistics().shutDown).toBe(true);
    }));

  it("refuses what makes no sense", () => {
    expect(() => new Queue(Number.NaN)).toThrow(RangeError);
    expect(() => new Queue().getNowait()).toThrow(QueueEmpty);
    const queue = new Queue<number>(1);
    queue.putNowait(1);
    expect(() => queue.putNowait(2)).toThrow(QueueFull);
    expect(queue.qsize()).toBe(1);
    expect(() => new Queue().taskDone()).toThrow(new RangeError("taskDone() called too many times"));
    expect(new Queue(Infinity).full()).toBe(false);
  });

  it("holds undefined, null and promises as items", () =>
    runTest(function* () {
      const queue = new Queue<unknown>();
      const items = [undefined, null, Promise.resolve(1)];
      for (const item of items) yield* queue.put(item);
      for (const item of items) expect(yield* queue.get()).toBe(item);
    }));

  it("a coroutine of it can be awaited once", () =>
    runTest(async () => {
      const queue = new Queue<number>();
      queue.putNowait(1);
      const get = queue.get();
      expect([await get, get.state]).toEqual([1, "closed"]);
      await expect(get.then()).rejects.toThrow("cannot reuse already awaited coroutine");
      const put = queue.put(2);
      put.close();
      expect(queue.empty()).toBe(true);
    }));

  it("can be driven by hand", () =>
    runTest(async () => {
      const queue = new Queue<number>(1);
      const get = queue.get();
      get.send(undefined);
      expect(queue.statistics().tasksWaitingGet).toBe(1);
      get.close();
      expect(queue.statistics().tasksWaitingGet).toBe(0);
      expect(() => queue.put(1).send(undefined)).toThrow(expect.objectContaining({ name: "StopIteration" }));
      expect(() => queue.get().send(undefined)).toThrow(expect.objectContaining({ value: 1 }));
    }));

  it("a getter woken and closed by hand passes its wake-up on", () =>
    runTest(async () => {
      const queue = new Queue<number>();
      const byHand = queue.get();
      byHand.send(undefined);
      const task = createTask(queue.get());
      await sleep(0);
      queue.putNowait(1);
      byHand.close();
      expect(await task).toBe(1);
    }));

  it("belongs to the first loop in which somebody had to wait", async () => {
    const queue = new Queue<number>();
    await runTest(async () => {
      const task = createTask(queue.get());
      await sleep(0);
      queue.putNowait(1);
      await task;
      queue.putNowait(2);
    });
    await runTest(async () => {
      expect(await queue.get()).toBe(2); // No wait, no binding, as in asyncio.
      await expect(queue.get().then()).rejects.toThrow("<Queue maxsize=0 tasks=2> is bound to a different event loop");
    });
  });

  it("can be filled and emptied without a loop", () => {
    const queue = new Queue<number>();
    queue.putNowait(1);
    expect([queue.getNowait(), queue.empty()]).toEqual([1, true]);
  });
});

describe("for await over a queue", () => {
  it("ends when the queue is shut down and empty", () =>
    runTest(async () => {
      const queue = new Queue<number>(2);
      const seen: number[] = [];
      const consumer = createTask(async () => {
        for await (const item of queue) {
          seen.push(item);
          queue.taskDone();
        }
        return "ended";
      });
      for (let i = 0; i < 5; i++) await queue.put(i);
      await queue.join();
      queue.putNowait(5);
      queue.shutdown();
      expect([await consumer, seen]).toEqual(["ended", [0, 1, 2, 3, 4, 5]]);
      for await (const _ of queue) expect.unreachable();
    }));

  it("steps in generator coroutines by hand", () =>
    runTest(function* () {
      const queue = new Queue<string>();
      queue.putNowait("a");
      queue.shutdown();
      const iterator = queue[Symbol.asyncIterator]();
      expect(yield* iterator.next()).toEqual({ done: false, value: "a" });
      expect(yield* iterator.next()).toEqual({ done: true, value: undefined });
      expect(yield* iterator.next()).toEqual({ done: true, value: undefined });
    }));

  it("break leaves the rest, cancellation loses nothing", () =>
    runTest(async () => {
      const queue = new Queue<number>();
      for (let i = 0; i < 3; i++) queue.putNowait(i);
      for await (const item of queue) if (item === 1) break;
      expect(queue.qsize()).toBe(1);
      const consumer = createTask(async () => {
        for await (const item of queue) if (item === 9) return;
      });
      await sleep(0);
      expect(queue.empty()).toBe(true);
      queue.putNowait(9);
      consumer.cancel();
      await expect(consumer).rejects.toThrow();
      expect(queue.getNowait()).toBe(9);
    }));

  it("a shutdown ends those who wait, and an immediate one those who would still get something", () =>
    runTest(async () => {
      const queue = new Queue<number>();
      const consumers = [1, 2].map(() =>
        createTask(async () => {
          for await (const _ of queue);
          return "ended";
        }),
      );
      await sleep(0);
      queue.putNowait(1);
      queue.shutdown({ immediate: true });
      expect(await gather(consumers)).toEqual(["ended", "ended"]);
    }));
});

describe("other orders", () => {
  it("LifoQueue gives the newest first", () =>
    runTest(async () => {
      const queue = new LifoQueue<number>(3);
      for (const item of [1, 3, 2]) await queue.put(item);
      expect([String(queue), queue.full()]).toEqual(["<LifoQueue maxsize=3 _queue=[1, 3, 2] tasks=3>", true]);
      expect([await queue.get(), await queue.get(), await queue.get()]).toEqual([2, 3, 1]);
    }));

  it("PriorityQueue gives the smallest first", () =>
    runTest(function* () {
      const queue = new PriorityQueue<[number, string]>();
      for (const item of [
        [2, "b"],
        [1, "z"],
        [1, "a"],
      ] as [number, string][])
        yield* queue.put(item);
      expect(String(queue)).toBe("<PriorityQueue maxsize=0 _queue=[[1, 'a'], [2, 'b'], [1, 'z']] tasks=3>");
      expect([yield* queue.get(), yield* queue.get(), yield* queue.get()]).toEqual([
        [1, "a"],
        [1, "z"],
        [2, "b"],
      ]);
    }));

  it("PriorityQueue with compare", () => {
    const queue = new PriorityQueue<{ readonly urgency: number }>(0, { compare: (a, b) => b.urgency - a.urgency });
    for (const urgency of [1, 3, 2]) queue.putNowait({ urgency });
    expect([queue.getNowait(), queue.getNowait(), queue.getNowait()].map((item) => item.urgency)).toEqual([3, 2, 1]);
    expect(() => new PriorityQueue(0, { compare: 1 as never })).toThrow(TypeError);
  });

  it("what cannot be ordered is refused, and nothing is lost", () =>
    runTest(async () => {
      const queue = new PriorityQueue<unknown>();
      expect(() => queue.putNowait(Number.NaN)).toThrow(TypeError);
      expect(() => queue.putNowait({})).toThrow("PriorityQueue orders numbers");
      queue.putNowait(1);
      await expect(queue.put("a").then()).rejects.toThrow("'<' not supported between 'a' and 1");
      expect([queue.qsize(), queue.statistics().unfinished]).toEqual([1, 1]);
      // Two that have never met before meet when the third is taken.
      const pairs = new PriorityQueue<unknown>();
      for (const item of [
        [0, {}],
        [1, {}],
        [1, {}],
      ])
        pairs.putNowait(item);
      await expect(pairs.get().then()).rejects.toThrow(TypeError);
      expect(() => pairs.getNowait()).toThrow(TypeError);
      expect(pairs.qsize()).toBe(3);
    }));

  it("a compare that throws or gives no number loses nothing", () => {
    let answer: unknown = -1;
    const queue = new PriorityQueue<number>(0, {
      compare: () => {
        if (answer instanceof Error) throw answer;
        return answer as number;
      },
    });
    for (let i = 0; i < 4; i++) queue.putNowait(i);
    answer = new Error("broken");
    expect(() => queue.getNowait()).toThrow("broken");
    expect(() => queue.putNowait(9)).toThrow("broken");
    answer = Number.NaN;
    expect(() => queue.getNowait()).toThrow("compare() must return a number, not NaN");
    answer = undefined;
    expect(() => queue.putNowait(9)).toThrow("compare() must return a number, not undefined");
    expect([queue.qsize(), queue.statistics().unfinished]).toEqual([4, 4]);
    answer = -1;
    expect(new Set([1, 2, 3, 4].map(() => queue.getNowait()))).toEqual(new Set([0, 1, 2, 3]));
  });
});

describe("growth without limit", () => {
  const warningsOf = async (queue: Queue<number>, count: number, debug: boolean): Promise<string[]> => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (text: string) => void warnings.push(text);
    try {
      await run(
        async function fill() {
          for (let i = 0; i < count / 2; i++) queue.putNowait(i);
          for (let i = count / 2; i < count; i++) await queue.put(i);
        },
        { loopFactory: () => new TestLoop(), debug },
      );
    } finally {
      console.warn = warn;
    }
    return warnings.filter((text) => text.includes("has grown"));
  };

  it("is reported in debug mode, at 10,000 items and every doubling", async () => {
    const warnings = await warningsOf(new Queue(), 25_000, true);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(
      /^<Queue maxsize=0 _queue=\[0, .*…\] tasks=10000> has grown to 10000 items, put at .+:\d+; /,
    );
    expect(warnings[1]).toMatch(/has grown to 20000 items, put at .+:\d+; without a maxsize producers never wait/);
  });

  it("is not reported outside of it, nor for a queue with a limit", async () => {
    expect(await warningsOf(new Queue(), 25_000, false)).toEqual([]);
    expect(await warningsOf(new Queue(30_000), 25_000, true)).toEqual([]);
  });
});

// On a plain loop: a test loop remembers where every future was made.
describe("many", () => {
  it("20,000 getters, every second is cancelled, the rest is served in order", () =>
    run(function* () {
      const queue = new Queue<number>();
      const tasks = Array.from({ length: 20_000 }, () => createTask(queue.get()));
      yield* sleep(0);
      expect(queue.statistics().tasksWaitingGet).toBe(20_000);
      // From the end: asyncio's deque would search it from the other side each time.
      for (let i = tasks.length - 2; i >= 0; i -= 2) tasks[i]!.cancel();
      for (let i = 0; i < 10_000; i++) queue.putNowait(i);
      yield* sleep(0);
      yield* sleep(0);
      let wrong = 0;
      for (let i = 0; i < 20_000; i++) {
        const task = tasks[i]!;
        if (i % 2 === 0 ? !task.cancelled() : task.result() !== (i - 1) / 2) wrong++;
      }
      expect([wrong, String(queue)]).toEqual([0, "<Queue maxsize=0 tasks=10000>"]);
    }));

  it("2000 putters of a full queue and its shutdown", () =>
    run(function* () {
      const queue = new Queue<number>(1);
      queue.putNowait(-1);
      const tasks = Array.from({ length: 2000 }, (_, i) => createTask(queue.put(i)));
      yield* sleep(0);
      queue.shutdown();
      const outcomes = yield* gather(tasks, { returnExceptions: true });
      expect(outcomes.every((outcome) => (outcome as unknown) instanceof QueueShutDown)).toBe(true);
      expect(String(queue)).toBe("<Queue maxsize=1 _queue=[-1] tasks=1 shutdown>");
    }));

  it("a wake-up that wanders through 20,000 cancelled getters, one at a time", () =>
    run(function* () {
      const queue = new Queue<string>();
      const tasks = Array.from({ length: 20_000 }, () => createTask(queue.get()));
      yield* sleep(0);
      queue.putNowait("x");
      for (const task of tasks) {
        if (task !== tasks.at(-1)) task.cancel();
      }
      expect(yield* tasks.at(-1)!).toBe("x");
      expect(queue.statistics()).toMatchObject({ size: 0, tasksWaitingGet: 0 });
    }));
});
