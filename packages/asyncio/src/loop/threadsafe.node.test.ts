import { describe, expect, it } from "vitest";
import { onNode } from "../../../../tests/support/child-process.ts";
import { getRunningLoop, type LoopPort, newEventLoop, RemoteLoop, run, sleep } from "../index.ts";

describe("threadsafePort()", () => {
  it("calls the named callback in the loop, in order, with cloned arguments", () =>
    run(async () => {
      const loop = getRunningLoop();
      const done = loop.createFuture<void>();
      const got: unknown[] = [];
      const remote = new RemoteLoop(
        loop.threadsafePort({ add: (value: unknown) => void got.push(value), done: () => done.setResult() }),
      );
      const value = { list: [1, 2] };
      remote.callSoonThreadsafe("add", value);
      remote.callSoonThreadsafe("add", "second");
      value.list.push(3);
      remote.callSoonThreadsafe("done");
      await done;
      expect(got).toEqual([{ list: [1, 2] }, "second"]);
      remote.close();
    }));

  it("a name that was not given is reported, and the loop goes on", () =>
    run(async () => {
      const loop = getRunningLoop();
      const reported = loop.createFuture<string>();
      loop.setExceptionHandler((_, context) => reported.setResult(context.message));
      const remote = new RemoteLoop(loop.threadsafePort({}));
      remote.callSoonThreadsafe("toString");
      expect(await reported).toBe(
        'A thread has asked for the callback "toString", which threadsafePort() was not given',
      );
      remote.close();
      await sleep(0);
    }));

  it("an argument that cannot be cloned is an error where it is sent", () =>
    run(async () => {
      const remote = new RemoteLoop(getRunningLoop().threadsafePort({ take: () => {} }));
      expect(() => remote.callSoonThreadsafe("take", () => {})).toThrow();
      remote.close();
    }));

  it("does nothing after the loop is closed, and a closed loop gives no port", async () => {
    const loop = newEventLoop();
    const called: string[] = [];
    const remote = new RemoteLoop(loop.threadsafePort({ call: () => void called.push("called") }));
    loop.close();
    remote.callSoonThreadsafe("call");
    await new Promise((resolve) => setImmediate(resolve));
    expect(called).toEqual([]);
    expect(() => loop.threadsafePort({})).toThrow("Event loop is closed");
    remote.close();
  });

  it.runIf(onNode)("wakes a loop that sleeps, from a worker", async () => {
    const { Worker } = await import("node:worker_threads");
    const sum = await run(async () => {
      const loop = getRunningLoop();
      const result = loop.createFuture<number>();
      const port: LoopPort = loop.threadsafePort({ result: (value: number) => result.setResult(value) });
      // The wire format of RemoteLoop, in a worker that has not loaded the package.
      const worker = new Worker(
        'const { workerData: { port } } = require("node:worker_threads"); port.postMessage({ name: "result", args: [40 + 2] });',
        { eval: true, workerData: { port }, transferList: [port as never] },
      );
      const value = await result;
      await worker.terminate();
      return value;
    });
    expect(sum).toBe(42);
  });
});
