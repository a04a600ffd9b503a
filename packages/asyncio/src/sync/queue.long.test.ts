import { describe, expect, it } from "vitest";
import { createTask, openMemoryChannel, Queue, run, sleep, type Task } from "../index.ts";

const MILLION = 1_000_000;

describe("a million tasks wait", { timeout: 300_000 }, () => {
  it("in a queue; half of them are cancelled, from the last to the first", () =>
    run(function* () {
      const queue = new Queue<number>();
      const tasks: Task<number>[] = [];
      for (let i = 0; i < MILLION; i++) tasks.push(createTask(queue.get()));
      yield* sleep(0);
      expect(queue.statistics().tasksWaitingGet).toBe(MILLION);
      for (let i = MILLION - 2; i >= 0; i -= 2) tasks[i]!.cancel();
      for (let i = 0; i < MILLION / 2; i++) queue.putNowait(i);
      yield* sleep(0);
      yield* sleep(0);
      let wrong = 0;
      for (let i = 0; i < MILLION; i++) {
        const task = tasks[i]!;
        if (i % 2 === 0 ? !task.cancelled() : task.result() !== (i - 1) / 2) wrong++;
      }
      expect([wrong, String(queue)]).toEqual([0, "<Queue maxsize=0 tasks=500000>"]);
    }));

  it("at the receiving end of a channel; half of them are cancelled, the others end", () =>
    run(function* () {
      const [send, receive] = openMemoryChannel<number>();
      const tasks: Task<boolean>[] = [];
      for (let i = 0; i < MILLION; i++) {
        tasks.push(
          createTask(function* () {
            return (yield* receive[Symbol.asyncIterator]().next()).done === true;
          }),
        );
      }
      yield* sleep(0);
      for (let i = MILLION - 2; i >= 0; i -= 2) tasks[i]!.cancel();
      send.close();
      yield* sleep(0);
      yield* sleep(0);
      expect(tasks.every((task, i) => (i % 2 === 0 ? task.cancelled() : task.result()))).toBe(true);
      expect(receive.statistics().tasksWaitingReceive).toBe(0);
    }));
});
