import { describe, expect, it } from "vitest";
import { createTask, Event, Future, sleep } from "../index.ts";
import { runTest } from "../testing/index.ts";

describe("where a native task waits", () => {
  it.each([
    ["an event", async () => await new Event().wait()],
    ["a sleep", async () => await sleep(5)],
    ["a future", async () => await new Future()],
  ])("is known for %s", (_, body) =>
    runTest(async () => {
      const task = createTask(body);
      await sleep(1);
      expect(task.getStack()[0]).toMatch(/:\d+/);
      task.cancel();
      await task.catch(() => {});
    }),
  );
});
