import { describe, expect, it } from "vitest";
import { TestEmitter } from "../../../../tests/support/test-emitter.ts";
import {
  CancelledError,
  createTask,
  events,
  fromEvent,
  getRunningLoop,
  isCancelled,
  run,
  sleep,
  timeout,
  wait,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

describe("fromEvent()", () => {
  it("gives the arguments of the next event, and listens no more", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      getRunningLoop().callLater(1, () => emitter.emit("ready", 1, "two"));
      expect(await fromEvent<[number, string]>(emitter, "ready")).toEqual([1, "two"]);
      expect(emitter.count()).toBe(0);
      const generator = createTask(function* () {
        return yield* fromEvent(emitter, "ready");
      });
      await sleep(0);
      emitter.emit("ready");
      emitter.emit("ready", "too late");
      expect(await generator).toEqual([]);
      expect(emitter.count()).toBe(0);
    }));

  it("gives the event of an EventTarget", () =>
    runTest(async () => {
      const target = new EventTarget();
      const event = new Event("load");
      getRunningLoop().callLater(1, () => target.dispatchEvent(event));
      const [received] = await fromEvent(target, "load");
      expect(received).toBe(event);
    }));

  it("listens only once it is awaited", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const waiting = fromEvent(emitter, "ready");
      expect(emitter.count()).toBe(0);
      const task = createTask(waiting, { eagerStart: true });
      expect(emitter.count()).toBe(2);
      emitter.emit("ready", 1);
      expect(await task).toEqual([1]);
    }));

  it("fails by an error event, except when it waits for errors", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const error = new RangeError("broken");
      const task = createTask(fromEvent(emitter, "ready"));
      await sleep(0);
      emitter.emit("error", error);
      await expect(task).rejects.toBe(error);
      const errors = createTask(fromEvent(emitter, "error"));
      await sleep(0);
      emitter.emit("error", error);
      expect(await errors).toEqual([error]);
      expect(emitter.count()).toBe(0);
    }));

  it("listens no more after a cancellation or a deadline", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const task = createTask(fromEvent(emitter, "ready"));
      await sleep(0);
      expect(emitter.count()).toBe(2);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      await timeout(1, async () => await fromEvent(emitter, "ready")).catch(() => {});
      expect(emitter.count()).toBe(0);
    }));

  it("an event that came before the cancellation is given; the cancellation comes at the next wait", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const log: unknown[] = [];
      for (const body of [
        async () => {
          log.push(await fromEvent(emitter, "ready"));
          await sleep(1);
          log.push("never");
        },
        function* () {
          log.push(yield* fromEvent(emitter, "ready"));
          yield* sleep(1);
          log.push("never");
        },
      ]) {
        const task = createTask(body);
        await sleep(1);
        emitter.emit("ready", "first");
        task.cancel();
        await wait([task]);
        expect(task.cancelled()).toBe(true);
      }
      expect(log).toEqual([["first"], ["first"]]);
    }));

  it("a signal ends the wait with an AbortError, which is a cancellation if its reason is one", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const controller = new AbortController();
      const task = createTask(fromEvent(emitter, "ready", { signal: controller.signal }));
      await sleep(0);
      controller.abort("reason");
      const error = await task.catch((caught: unknown) => caught as Error & { code: string });
      expect(error).toMatchObject({ name: "AbortError", code: "ABORT_ERR", cause: "reason" });
      await expect(fromEvent(emitter, "ready", { signal: controller.signal })).rejects.toMatchObject({
        cause: "reason",
      });
      const other = createTask(() => sleep(100));
      const { signal } = other;
      const waiting = createTask(fromEvent(emitter, "ready", { signal }));
      await sleep(0);
      other.cancel();
      await wait([waiting]);
      expect(waiting.cancelled()).toBe(true);
      expect(emitter.count()).toBe(0);
    }));

  it("says what it cannot take", () => {
    for (const wrong of [null, undefined, 5, {}, { on() {} }, { addEventListener() {} }]) {
      expect(() => fromEvent(wrong as never, "ready")).toThrow("fromEvent() takes an EventEmitter or an EventTarget");
      expect(() => events(wrong as never, "ready")).toThrow("events() takes an EventEmitter or an EventTarget");
    }
  });

  it("an emitter that refuses its second listener is rid of the first", () =>
    runTest(async () => {
      const emitter = new TestEmitter();
      const on = emitter.on.bind(emitter);
      emitter.on = (name, listener) => {
        if (name === "error") throw new RangeError("no");
        return on(name, listener);
      };
      await expect(fromEvent(emitter, "ready")).rejects.toThrow("no");
      expect(emitter.count()).toBe(0);
    }));

  it("100,000 waiters", () =>
    run(async () => {
      const emitters = Array.from({ length: 100_000 }, () => new TestEmitter());
      const tasks = emitters.map((emitter) => createTask(fromEvent(emitter, "go")));
      await sleep(0);
      for (const emitter of emitters) emitter.emit("go", 1);
      await wait(tasks);
      expect(tasks.every((task) => task.result().length === 1)).toBe(true);
      expect(emitters.every((emitter) => emitter.count() === 0)).toBe(true);
    }));

  it("is no cancellation by itself", () =>
    runTest(async () => {
      const controller = new AbortController();
      controller.abort();
      const error = await fromEvent(new TestEmitter(), "x", { signal: controller.signal }).catch(
        (caught: unknown) => caught,
      );
      expect(isCancelled(error)).toBe(false);
    }));
});
