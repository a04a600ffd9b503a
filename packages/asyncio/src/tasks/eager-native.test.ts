import { describe, expect, it } from "vitest";
import { coroutine, createTask, getRunningLoop, isCancelled, newEventLoop, sleep, wait } from "../index.ts";
import { runTest, type TestLoop } from "../testing/index.ts";

const itExact = it.skipIf("document" in globalThis);

describe("an eager native task inside a native step", () => {
  itExact("does not end the step of its maker: no false deadlock", () =>
    runTest(async () => {
      createTask(async () => await sleep(0), { eagerStart: true });
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(getRunningLoop().time()).toBe(0);
    }),
  );

  itExact("does not swallow a cancellation that a left-behind wait was given", () =>
    runTest(async () => {
      const said: string[] = [];
      const task = createTask(async () => {
        sleep(10).catch(() => createTask(async () => {}, { eagerStart: true }));
        await new Promise((resolve) => setTimeout(resolve, 5));
        await sleep(0.1);
        said.push("not cancelled");
      });
      await sleep(0);
      task.cancel();
      await wait([task]);
      expect(task.cancelled()).toBe(true);
      expect(said).toEqual([]);
    }),
  );

  itExact("costs the generator that awaits its maker no iteration", () =>
    runTest(function* () {
      const loop = getRunningLoop() as TestLoop;
      const body = coroutine(async () => {
        createTask(async () => await sleep(1), { eagerStart: true });
      });
      const before = loop.iteration;
      yield* body();
      expect(loop.iteration - before).toBe(0);
    }),
  );
});

describe("native code that goes on while its loop is stopped", () => {
  itExact("waits until the loop runs again", async () => {
    const loop = newEventLoop();
    let release: () => void = () => {};
    const task = loop.createTask(async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      await sleep(0.001);
      return 3;
    });
    loop.callLater(0.001, loop.stop);
    await loop.runForever();
    release();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await loop.runUntilComplete(task)).toBe(3);
    loop.close();
  });

  itExact("is told when the loop has been closed", async () => {
    const loop = newEventLoop();
    loop.setExceptionHandler(() => {});
    let release: () => void = () => {};
    const told: unknown[] = [];
    loop.createTask(async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      await sleep(1).catch((error: unknown) => told.push(isCancelled(error), String(error)));
    });
    loop.callLater(0.001, loop.stop);
    await loop.runForever();
    loop.close();
    release();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(told).toEqual([false, "RuntimeError: Event loop is closed"]);
  });
});
