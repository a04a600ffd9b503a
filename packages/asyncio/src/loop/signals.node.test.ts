import { describe, expect, it } from "vitest";
import { getRunningLoop, newEventLoop, run, sleep } from "../index.ts";
import { onMainThread } from "./signals.ts";

const send = (signal: NodeJS.Signals): boolean => process.kill(process.pid, signal);
const inMain = it.runIf(onMainThread());

describe("addSignalHandler()", () => {
  inMain("calls back in the loop, with its arguments, each time the signal comes", () =>
    run(
      async () => {
        const loop = getRunningLoop();
        const heard: unknown[] = [];
        let told = loop.createFuture<void>();
        loop.addSignalHandler(
          "SIGUSR2",
          (word: string) => {
            heard.push(word);
            told.setResult();
          },
          "hello",
        );
        send("SIGUSR2");
        await told;
        told = loop.createFuture();
        send("SIGUSR2");
        await told;
        expect(heard).toEqual(["hello", "hello"]);
        expect(loop.removeSignalHandler("SIGUSR2")).toBe(true);
        expect(loop.removeSignalHandler("SIGUSR2")).toBe(false);
      },
      { handleSignals: false },
    ),
  );

  inMain("a second handler replaces the first", () =>
    run(
      async () => {
        const loop = getRunningLoop();
        const told = loop.createFuture<string>();
        loop.addSignalHandler("SIGUSR2", () => told.setResult("first"));
        loop.addSignalHandler("SIGUSR2", () => told.setResult("second"));
        expect(process.listenerCount("SIGUSR2")).toBe(1);
        send("SIGUSR2");
        expect(await told).toBe("second");
      },
      { handleSignals: false },
    ),
  );

  inMain("a handler that throws is reported, and the loop goes on", () =>
    run(
      async () => {
        const loop = getRunningLoop();
        const reported = loop.createFuture<string>();
        loop.setExceptionHandler((_, context) => reported.setResult(context.message));
        loop.addSignalHandler("SIGUSR2", function broken() {
          throw new Error("from the handler");
        });
        send("SIGUSR2");
        expect(await reported).toContain("Exception in callback broken()");
        await sleep(0);
      },
      { handleSignals: false },
    ),
  );

  inMain("closing the loop removes its handlers", () => {
    const loop = newEventLoop();
    loop.addSignalHandler("SIGUSR2", () => {});
    expect(process.listenerCount("SIGUSR2")).toBe(1);
    loop.close();
    expect(process.listenerCount("SIGUSR2")).toBe(0);
  });

  inMain("takes numbers, and refuses what is no signal, what cannot be caught, and coroutines", () => {
    const loop = newEventLoop();
    loop.addSignalHandler(15, () => {});
    expect(loop.removeSignalHandler("SIGTERM")).toBe(true);
    expect(() => loop.addSignalHandler("SIGNONE", () => {})).toThrow(RangeError);
    expect(() => loop.addSignalHandler(4711, () => {})).toThrow("sig 4711 out of range");
    expect(() => loop.addSignalHandler(null as never, () => {})).toThrow(TypeError);
    expect(() => loop.addSignalHandler("SIGKILL", () => {})).toThrow("sig SIGKILL cannot be caught");
    expect(() => loop.addSignalHandler("SIGUSR2", async () => {})).toThrow(
      "coroutines cannot be used with addSignalHandler()",
    );
    loop.close();
    expect(() => loop.addSignalHandler("SIGUSR2", () => {})).toThrow("Event loop is closed");
  });
});
