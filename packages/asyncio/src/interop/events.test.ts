import { describe, expect, it } from "vitest";
import { TestEmitter } from "../../../../tests/support/test-emitter.ts";
import {
  CancelledError,
  createTask,
  type ExceptionContext,
  each,
  events,
  getRunningLoop,
  isCancelled,
  run,
  sleep,
  wait,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

/** Emits 0, 1, 2, … one a second. */
function emitting(name: string): TestEmitter {
  const emitter = new TestEmitter();
  let i = 0;
  const next = (): void => {
    emitter.emit(name, i++);
    if (i < 20) getRunningLoop().callLater(1, next);
  };
  getRunningLoop().callLater(1, next);
  return emitter;
}

/** Iterates in each of the two ways, until `act` gives true. */
const ways: Record<
  string,
  (emitter: TestEmitter, act: (n: number) => boolean | PromiseLike<boolean>) => Promise<void>
> = {
  "for await": async (emitter, act) => {
    for await (const [n] of events<[number]>(emitter, "n", { close: ["end"] })) if (await act(n)) break;
  },
  each: async (emitter, act) => {
    await each(events<[number]>(emitter, "n", { close: ["end"] }), async ([n]) =>
      (await act(n)) ? each.stop : undefined,
    );
  },
};

describe.each(Object.keys(ways))("events() in %s", (way) => {
  const iterate = ways[way]!;

  it("gives the events in order, and listens no more after a break", () =>
    runTest(async () => {
      const emitter = emitting("n");
      const seen: number[] = [];
      await iterate(emitter, (n) => {
        seen.push(n);
        return n === 3;
      });
      expect([seen, emitter.count()]).toEqual([[0, 1, 2, 3], 0]);
    }));

  it("keeps what comes while the body is busy", () =>
    runTest(async () => {
      const emitter = emitting("n");
      const seen: number[] = [];
      await iterate(emitter, async (n) => {
        await sleep(2.5);
        seen.push(n);
        return n === 5;
      });
      expect(seen).toEqual([0, 1, 2, 3, 4, 5]);
    }));

  it("ends by an event of `close`, after what came before", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const seen: number[] = [];
      const task = createTask(() =>
        iterate(emitter, async (n) => {
          seen.push(n);
          await sleep(1);
          return false;
        }),
      );
      await sleep(0);
      for (const n of [1, 2, 3]) emitter.emit("n", n);
      emitter.emit("end");
      expect(emitter.count()).toBe(0);
      emitter.emit("n", 4);
      await task;
      expect(seen).toEqual([1, 2, 3]);
    }));

  it("fails by an error event, after what came before", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const seen: number[] = [];
      const task = createTask(() =>
        iterate(emitter, (n) => {
          seen.push(n);
          return false;
        }),
      );
      await sleep(0);
      const error = new RangeError("broken");
      emitter.emit("n", 1);
      emitter.emit("error", error);
      await expect(task).rejects.toBe(error);
      expect([seen, emitter.count()]).toEqual([[1], 0]);
    }));

  it("listens no more after a cancellation, in the wait or in the body, nor after an error of the body", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      for (const busy of [false, true]) {
        const task = createTask(() => iterate(emitter, () => sleep(100, false)));
        await sleep(0);
        if (busy) emitter.emit("n", 1);
        await sleep(1);
        expect(emitter.count()).toBe(3);
        task.cancel();
        await expect(task).rejects.toBeInstanceOf(CancelledError);
        expect(emitter.count()).toBe(0);
      }
      const failing = createTask(() =>
        iterate(emitter, () => {
          throw new RangeError("body");
        }),
      );
      await sleep(0);
      emitter.emit("n", 1);
      await expect(failing).rejects.toThrow("body");
      expect(emitter.count()).toBe(0);
    }));
});

describe("events()", () => {
  it("gives the events of an EventTarget", () =>
    runTest(async () => {
      const target = new EventTarget();
      const seen: string[] = [];
      const task = createTask(
        each(events(target, "go"), function* ([event]) {
          seen.push(event.type);
          return seen.length === 2 ? each.stop : undefined;
        }),
      );
      await sleep(0);
      target.dispatchEvent(new Event("go"));
      target.dispatchEvent(new Event("go"));
      await task;
      expect(seen).toEqual(["go", "go"]);
    }));

  it("listens from the start of an iteration on, each for itself", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const iterable = events<[number]>(emitter, "n");
      expect(emitter.count()).toBe(0);
      const iterators = [iterable[Symbol.asyncIterator](), iterable[Symbol.asyncIterator]()];
      expect(emitter.count()).toBe(4);
      emitter.emit("n", 1);
      for (const iterator of iterators) expect(await iterator.next()).toEqual({ done: false, value: [1] });
      for (const iterator of iterators) expect(await iterator.return()).toEqual({ done: true, value: undefined });
      expect(emitter.count()).toBe(0);
      expect(await iterators[0]!.next()).toEqual({ done: true, value: undefined });
    }));

  it("several tasks share an iterator: each event is given once, also when one of them is cancelled after its wake-up", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const iterator = events<[number]>(emitter, "n")[Symbol.asyncIterator]();
      const seen: number[] = [];
      const tasks = Array.from({ length: 3 }, () =>
        createTask(async () => {
          const { value } = await iterator.next();
          seen.push(value![0]);
        }),
      );
      await sleep(0);
      for (const n of [1, 2, 3]) emitter.emit("n", n);
      await wait(tasks);
      expect(seen).toEqual([1, 2, 3]);
    }));

  it("a signal fails the iteration, after what came before; aborted before, at once", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const controller = new AbortController();
      const seen: unknown[] = [];
      const task = createTask(
        each(events(emitter, "n", { signal: controller.signal }), async (args) => void seen.push(args)),
      );
      await sleep(0);
      emitter.emit("n", 1);
      controller.abort(new CancelledError("why"));
      const error = await task.catch((caught: unknown) => caught);
      expect([isCancelled(error), task.cancelled(), seen, emitter.count()]).toEqual([true, true, [[1]], 0]);
      await expect(each(events(emitter, "n", { signal: controller.signal }), async () => {})).rejects.toMatchObject({
        name: "AbortError",
      });
      expect(emitter.count()).toBe(0);
    }));

  it("an error that the iteration does not come to is reported", () =>
    runTest(async () => {
      const reports: ExceptionContext[] = [];
      getRunningLoop().setExceptionHandler((_, context) => void reports.push(context));
      const emitter = new TestEmitter();
      const task = createTask(each(events(emitter, "n"), async () => each.stop));
      await sleep(0);
      const error = new RangeError("unseen");
      emitter.emit("n", 1);
      emitter.emit("error", error);
      await task;
      expect(reports.map(({ exception }) => exception)).toEqual([error]);
    }));

  it("200,000 events that wait are taken in linear time", () =>
    run(async () => {
      const emitter = new TestEmitter();
      let sum = 0;
      const task = createTask(
        each(events<[number]>(emitter, "n", { close: ["end"] }), function* ([n]) {
          sum += n;
        }),
      );
      await sleep(0);
      for (let n = 0; n < 200_000; n++) emitter.emit("n", n);
      emitter.emit("end");
      await task;
      expect(sum).toBe((200_000 * 199_999) / 2);
    }));
});
