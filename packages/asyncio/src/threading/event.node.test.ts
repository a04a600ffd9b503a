import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import { runProgram } from "../../../../tests/support/child-process.ts";
import { startWorker } from "../../../../tests/support/worker-thread.ts";
import { createTask, RuntimeError, run, sleep, timeout, wait } from "../index.ts";
import { runTest } from "../testing/index.ts";
import { byLooking, wordChange } from "./awaiting.ts";
import { Event } from "./index.ts";

const package_ = new URL("../../", import.meta.url);

describe("an event between threads", () => {
  it("is Python's", () => {
    const event = new Event();
    expect([event.isSet(), event.wait({ timeout: 0 }), event.wait({ timeout: "5ms" })]).toEqual([false, false, false]);
    event.set();
    event.set();
    expect([event.isSet(), event.wait(), event.wait({ timeout: -1 })]).toEqual([true, true, true]);
    expect(String(event)).toBe("<Event [set]>");
    event.clear();
    expect(event.wait({ timeout: -1 })).toBe(false);
    expect(event.statistics()).toEqual({ isSet: false, waiters: 0 });
    expect(() => event.wait({ timeout: Number.NaN })).toThrow(RangeError);
    expect(Event.from(event.share())).toBe(event);
  });

  it.each(["generator", "native"])("wakes %s coroutines, also when it is cleared at once", (kind) =>
    run(async () => {
      const event = new Event();
      expect(() => event.wait()).toThrow(
        new RuntimeError(
          "Event.wait() would block the running event loop: await waitAsync(), or give allowBlocking: true to insist",
        ),
      );
      const waits = bodyOf(kind, function* () {
        return yield event.waitAsync();
      });
      const tasks = [1, 2, 3].map(() => createTask(() => waits()));
      while (event.statistics().waiters < 3) await sleep(0);
      tasks[0]!.cancel();
      event.set();
      event.clear();
      await wait(tasks);
      expect(tasks.map((task) => task.cancelled() || task.result())).toEqual([true, true, true]);
      await expect(timeout("2ms", () => event.waitAsync()).then()).rejects.toThrow();
      expect(event.statistics()).toEqual({ isSet: false, waiters: 0 });
    }),
  );

  it("goes to and fro between threads, blocking and awaiting", async () => {
    const data = { ping: new Event(), pong: new Event() };
    const rounds = 300;
    const sources = [
      `for (let i = 0; i < ${rounds}; i++) { data.ping.wait(); data.ping.clear(); data.pong.set(); }`,
      `await asyncio.run(function* () {
        for (let i = 0; i < ${rounds}; i++) { yield* data.ping.waitAsync(); data.ping.clear(); data.pong.set(); }
      });`,
    ];
    for (const source of sources) {
      const { result, exit } = startWorker(source, data, package_);
      let count = 0;
      await run(async () => {
        for (; count < rounds; count++) {
          data.ping.set();
          await data.pong.waitAsync();
          data.pong.clear();
        }
      });
      await result;
      await exit;
      expect(count).toBe(rounds);
    }
  }, 30_000);

  it("a virtual clock waits for it in real time", async () => {
    const event = new Event();
    const { exit } = startWorker("data.set();", event, package_);
    await runTest(async () => {
      const ticking = createTask(sleep(3600, "an hour"));
      expect(await event.waitAsync()).toBe(true);
      expect(await ticking).toBe("an hour");
    });
    await exit;
  });

  it("is looked at where the engine cannot tell", async () => {
    const { of } = wordChange;
    wordChange.of = byLooking;
    try {
      const event = new Event();
      const { exit } = startWorker("data.set();", event, package_);
      await run(async () => {
        expect(await event.waitAsync()).toBe(true);
        event.clear();
        await expect(timeout("5ms", () => event.waitAsync()).then()).rejects.toThrow();
      });
      await exit;
    } finally {
      wordChange.of = of;
    }
  });

  it("keeps a process alive while it is awaited, and no longer", async () => {
    const program = `
      import { createTask, run, sleep } from "asyncio-ts";
      import { Event } from "asyncio-ts/threading";
      const event = new Event();
      await run(async () => {
        const forgotten = createTask(event.waitAsync());
        await sleep(0);
        forgotten.cancel();
      });
      setTimeout(() => event.set(), 100).unref();
      await run(async () => { console.log(await event.waitAsync()); });
      console.log("end");
    `;
    const { stdout, stderr, code } = await runProgram(program, package_);
    expect({ stdout, stderr, code }).toEqual({ stdout: "true\nend\n", stderr: "", code: 0 });
  }, 20_000);
});
