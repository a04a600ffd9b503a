import { describe, expect, it } from "vitest";
import { createTask, Event, gather, run, sleep, type Task } from "../index.ts";
import { runTest } from "../testing/index.ts";

const kinds = {
  generator: (event: Event): Task<true> =>
    createTask(function* () {
      return yield* event.wait();
    }),
  native: (event: Event): Task<true> => createTask(async () => await event.wait()),
};

for (const [kind, start] of Object.entries(kinds)) {
  describe(`an event, ${kind}`, () => {
    it("wakes all that wait, also when it is cleared at once", () =>
      runTest(async () => {
        const event = new Event();
        const tasks = [start(event), start(event)];
        await sleep(0);
        expect([String(event), event.statistics()]).toEqual([
          "<Event [unset, waiters:2]>",
          { isSet: false, waiters: 2 },
        ]);
        event.set();
        event.set();
        event.clear();
        expect(await gather(tasks)).toEqual([true, true]);
        expect(String(event)).toBe("<Event [unset]>");
      }));

    it("forgets those that are cancelled, before and after they were woken", () =>
      runTest(async () => {
        const event = new Event();
        const tasks = [start(event), start(event), start(event)];
        await sleep(0);
        tasks[0]!.cancel();
        event.set();
        tasks[1]!.cancel();
        expect(await tasks[2]).toBe(true);
        expect([tasks.map((task) => task.cancelled()), event.statistics()]).toEqual([
          [true, true, false],
          { isSet: true, waiters: 0 },
        ]);
      }));
  });
}

it("a set event does not suspend, not even outside of any task", () =>
  runTest(async () => {
    const event = new Event();
    event.set();
    expect(event.isSet()).toBe(true);
    expect(() => event.wait().send(null)).toThrow(expect.objectContaining({ value: true }));
    await Promise.resolve().then(() => {});
    expect(await event.wait()).toBe(true);
  }));

it("wakes 100,000 in linear time, also when it is set and cleared again and again", () =>
  run(function* () {
    const event = new Event();
    const tasks = Array.from({ length: 100_000 }, () => createTask(event.wait()));
    yield* sleep(0);
    for (let i = 0; i < 1000; i++) {
      event.set();
      event.clear();
    }
    yield* gather(tasks);
    expect(event.statistics().waiters).toBe(0);
  }));
