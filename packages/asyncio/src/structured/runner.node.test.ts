// What run() does to its process: signals, exit codes, keeping alive.
import { describe, expect, it } from "vitest";
import {
  type Ended,
  onDeno,
  onNode,
  type ProgramOptions,
  runProgram,
} from "../../../../tests/support/child-process.ts";

/** Bun and Deno never say that nothing is left to do while a top-level await is pending (docs/runtimes.md). */
const itStranded = it.runIf(onNode);

const program = (source: string, options?: ProgramOptions): Promise<Ended> =>
  runProgram(source, new URL("../../", import.meta.url), options);

const main = (cleanup: string) => `
  import { KeyboardInterrupt, run, sleep } from "asyncio-ts";
  try {
    await run(async () => {
      console.log("ready");
      try {
        await sleep(60);
      } finally {
        ${cleanup}
      }
    });
  } catch (error) {
    console.log("caught", error.name, error.signal, error instanceof KeyboardInterrupt);
  }
`;

describe("signals", () => {
  it.each(["SIGINT", "SIGTERM"] as const)(
    "the first %s cancels the main task; run() throws KeyboardInterrupt",
    async (signal) => {
      const { stdout, code } = await program(main('await sleep(0.01); console.log("cleaned up");'), {
        signals: [["ready", signal]],
      });
      expect(stdout).toBe(`ready\ncleaned up\ncaught KeyboardInterrupt ${signal} true\n`);
      expect(code).toBe(0);
    },
  );

  it("a second one ends run() at once", async () => {
    const { stdout, code } = await program(main('console.log("cleaning"); await sleep(30); console.log("never");'), {
      signals: [
        ["ready", "SIGINT"],
        ["cleaning", "SIGINT"],
      ],
    });
    expect(stdout).toMatch(/^ready\ncleaning\ncaught KeyboardInterrupt SIGINT true\n$/);
    expect(code).toBe(0);
  });

  it("a program that handles the cancellation ends as it likes", async () => {
    const { stdout, code } = await program(
      `
      import { run, sleep } from "asyncio-ts";
      const value = await run(async () => {
        console.log("ready");
        try { await sleep(60); } catch { return "handled"; }
      });
      console.log(value);
    `,
      { signals: [["ready", "SIGINT"]] },
    );
    expect(stdout).toBe("ready\nhandled\n");
    expect(code).toBe(0);
  });

  it("an interrupt that nobody catches ends the process with a code that tells", async () => {
    const { code, stderr } = await program(
      `
      import { run, sleep } from "asyncio-ts";
      await run(async () => { console.log("ready"); await sleep(60); });
    `,
      { signals: [["ready", "SIGINT"]] },
    );
    expect(stderr).toContain("KeyboardInterrupt");
    // Bun and Deno decide by themselves how an uncaught error ends.
    if (onNode) expect(code).toBe(130);
    else expect(code).not.toBe(0);
  });

  it("where the program listens itself, it is left alone", async () => {
    const { stdout, code } = await program(
      `
      import { run, sleep } from "asyncio-ts";
      process.on("SIGINT", () => console.log("own listener"));
      await run(async () => { console.log("ready"); await sleep(0.3); });
      console.log("end");
      process.exit(); // The listener keeps Deno alive.
    `,
      { signals: [["ready", "SIGINT"]] },
    );
    expect(stdout).toBe("ready\nown listener\nend\n");
    expect(code).toBe(0);
  });

  it("handleSignals: false leaves the process's own behaviour", async () => {
    const { signal, code } = await program(
      `
      import { run, sleep } from "asyncio-ts";
      await run(async () => { console.log("ready"); await sleep(60); }, { handleSignals: false });
    `,
      { signals: [["ready", "SIGINT"]] },
    );
    expect(signal === "SIGINT" || code === 130).toBe(true);
  });

  it("after run() the listeners are gone", async () => {
    const { stdout } = await program(`
      import { run, sleep } from "asyncio-ts";
      const before = process.listenerCount("SIGINT") + process.listenerCount("SIGTERM");
      await run(() => sleep(0));
      console.log(process.listenerCount("SIGINT") + process.listenerCount("SIGTERM") - before);
      await new Promise((resolve) => setTimeout(resolve, 5));
      console.log(process.listenerCount("unhandledRejection"), process.listenerCount("beforeExit"));
    `);
    expect(stdout).toBe("0\n0 0\n");
  });

  it("two runs side by side are both interrupted", async () => {
    const { stdout } = await program(
      `
      import { run, sleep } from "asyncio-ts";
      const one = (name) => run(async () => {
        try { await sleep(60); } finally { console.log("cleaned", name); }
      }).catch((error) => error.name);
      const both = Promise.all([one("a"), one("b")]);
      setTimeout(() => console.log("ready"), 20);
      console.log((await both).join());
    `,
      { signals: [["ready", "SIGINT"]] },
    );
    expect(stdout).toBe("ready\ncleaned a\ncleaned b\nKeyboardInterrupt,KeyboardInterrupt\n");
  });
});

describe("the process", () => {
  it("ends by itself when the run is over, also with timers that were cancelled", async () => {
    const started = performance.now();
    const { stdout, code } = await program(`
      import { createTask, getRunningLoop, run, sleep } from "asyncio-ts";
      await run(async () => {
        getRunningLoop().callLater(60, () => {}).cancel();
        createTask(() => sleep(60));
        await sleep(0.005);
      });
      console.log("end");
    `);
    expect([stdout, code]).toEqual(["end\n", 0]);
    expect(performance.now() - started).toBeLessThan(14_000);
  });

  it("is kept alive while the loop has work", async () => {
    const { stdout, code } = await program(`
      import { run, sleep } from "asyncio-ts";
      void run(async () => { await sleep(0.05); console.log("done"); });
    `);
    expect([stdout, code]).toEqual(["done\n", 0]);
  });

  itStranded("fails with code 1 and names what waits when nothing can wake the run", async () => {
    const { stdout, stderr, code } = await program(`
      import { createTask, getRunningLoop, run, sleep } from "asyncio-ts";
      async function consumer() { await getRunningLoop().createFuture(); }
      await run(async () => {
        createTask(consumer, { name: "the consumer" });
        await sleep(0);
        await getRunningLoop().createFuture();
      });
      console.log("never");
    `);
    expect(stdout).toBe("");
    expect(stderr).toContain("deadlock: nothing is left that could wake the event loop");
    expect(stderr).toContain("the consumer (consumer) waits for <Future pending");
    expect(code).toBe(1);
  });

  itStranded("the same in a run that waits for a foreign promise that never settles", async () => {
    const { stderr, code } = await program(`
      import { run } from "asyncio-ts";
      await run(async function main() { await new Promise(() => {}); });
    `);
    expect(stderr).toContain("(main) waits for a promise that is not asyncio-ts's");
    expect(code).toBe(1);
  });

  it("ends though a task that is left waits for a foreign promise for ever", async () => {
    const { stdout, stderr } = await program(`
      import { createTask, run, sleep } from "asyncio-ts";
      const alive = setInterval(() => {}, 1000);
      const hangs = async () => { await new Promise(() => {}); };
      const slow = async () => {
        try { await sleep(10); } finally { await sleep(0.05); console.log("cleaned up"); }
      };
      const fails = async () => {
        try { await sleep(10); } finally { throw new RangeError("cleaning up"); }
      };
      console.log(await run(async () => {
        createTask(hangs, { name: "hanging" });
        createTask(slow);
        createTask(fails);
        await sleep(0);
        return "result";
      }, { shutdownGrace: "10ms" }));
      clearInterval(alive);
    `);
    expect(stdout).toBe("cleaned up\nresult\n");
    expect(stderr).toContain("asyncio.run() shutdown could not wait for all tasks");
    expect(stderr).toContain("hanging (hangs) waits for a promise that is not asyncio-ts's");
    expect(stderr).toContain("Task was destroyed but it is pending!");
    expect(stderr).toContain("unhandled exception during asyncio.run() shutdown");
  });

  it("waits for a foreign promise that comes within the grace", async () => {
    const { stdout, stderr } = await program(`
      import { createTask, run, sleep } from "asyncio-ts";
      await run(async () => {
        createTask(async () => {
          try { await sleep(10); } finally {
            await new Promise((resolve) => setTimeout(resolve, 30));
            console.log("cleaned up");
          }
        });
        await sleep(0);
      });
    `);
    expect([stdout, stderr]).toEqual(["cleaned up\n", ""]);
  });

  itStranded("a stranded run can be caught, and its cleanup still runs", async () => {
    const { stdout, code } = await program(`
      import { getRunningLoop, run, sleep } from "asyncio-ts";
      try {
        await run(async () => {
          try { await getRunningLoop().createFuture(); } finally { await sleep(0.001); console.log("cleaned up"); }
        });
      } catch (error) {
        console.log(error.name);
      }
    `);
    expect(stdout).toBe("cleaned up\nRuntimeError\n");
    expect(code).toBe(0);
  });

  it.runIf(onNode || onDeno)("is not stranded while something outside may still wake it", async () => {
    const { stdout, code } = await program(`
      import { getRunningLoop, run } from "asyncio-ts";
      console.log(await run(async () => {
        const future = getRunningLoop().createFuture();
        setTimeout(() => future.setResult("woken"), 30);
        return await future;
      }));
    `);
    expect([stdout, code]).toEqual(["woken\n", 0]);
  });

  it("an error of the program ends it with the program's own stack", async () => {
    const { stderr, code } = await program(
      `
      import { run, sleep } from "asyncio-ts";
      async function inner() { await sleep(0.001); throw new RangeError("mine"); }
      await run(async function main() { await inner(); });
    `,
      { name: "user.mjs" },
    );
    expect(stderr).toContain("RangeError: mine");
    expect(stderr).toMatch(/user\.mjs:3/);
    expect(code).toBe(1);
  });
});
