import { describe, expect, it } from "vitest";
import { Context, getRunningLoop, newEventLoop, run } from "../index.ts";
import { Entrance } from "./enter.ts";

const idle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));

describe("Entrance", () => {
  it("calls back once for many events of one iteration, and again for the next", () =>
    run(async () => {
      let calls = 0;
      const entrance = new Entrance(getRunningLoop(), new Context(), () => calls++);
      for (let i = 0; i < 5; i++) entrance.enter();
      expect(calls).toBe(0);
      await idle();
      expect(calls).toBe(1);
      entrance.enterFromHost();
      await idle();
      expect(calls).toBe(2);
    }));

  it("waits for a stopped loop, and does nothing on a closed one", async () => {
    const loop = newEventLoop();
    let calls = 0;
    const entrance = new Entrance(loop, new Context(), () => calls++);
    entrance.enterFromHost();
    await idle();
    expect(calls).toBe(0);
    await loop.runUntilComplete(async () => {});
    expect(calls).toBe(1);
    loop.close();
    entrance.enter();
    entrance.enterFromHost();
    expect(calls).toBe(1);
  });

  it("reports what the callback throws", () =>
    run(async () => {
      const loop = getRunningLoop();
      const messages: string[] = [];
      loop.setExceptionHandler((_loop, { message }) => messages.push(message));
      const entrance = new Entrance(loop, new Context(), function failing() {
        throw new Error("broken");
      });
      entrance.enterFromHost();
      await idle();
      expect(messages).toEqual(["Exception in callback failing()"]);
    }));

  // Streams of some runtimes, and some of everybody's, report in microtasks.
  it.each([
    ["a callback of the runtime", (enter: () => void) => void setImmediate(enter)],
    ["a microtask", (enter: () => void) => void setImmediate(() => void Promise.resolve().then(enter))],
    ["nextTick", (enter: () => void) => void setImmediate(() => process.nextTick(enter))],
    ["a microtask of nextTick", (enter: () => void) => void process.nextTick(() => queueMicrotask(enter))],
  ])("lets no other handle run within a native step, entered from %s", (_name, from) =>
    run(async () => {
      const loop = getRunningLoop();
      const log: string[] = [];
      const woken = loop.createFuture<void>();
      const task = loop.createTask(async () => {
        await woken;
        for (let i = 0; i < 5; i++) {
          log.push(`step ${i}`);
          loop.callSoon(() => log.push(`after ${i}`));
          await Promise.resolve();
        }
      });
      await idle();
      const entrance = new Entrance(loop, new Context(), () => {
        woken.setResult();
        loop.callSoon(() => log.push("first"));
      });
      from(() => entrance.enterFromHost());
      await task;
      await idle();
      expect(log).toEqual([
        ...["step 0", "step 1", "step 2", "step 3", "step 4"],
        ...["first", "after 0", "after 1", "after 2", "after 3", "after 4"],
      ]);
    }),
  );
});
