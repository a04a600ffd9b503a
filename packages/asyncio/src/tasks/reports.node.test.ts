// Reports that depend on the garbage collector or on the end of the process.
import { describe, expect, it } from "vitest";
import { onBun, onDeno, type ProgramOptions, runProgram } from "../../../../tests/support/child-process.ts";

const program = (source: string, options?: ProgramOptions) =>
  runProgram(source, new URL("../../", import.meta.url), { flags: ["--expose-gc"], ...options });

const collect = `
  const collectGarbage = globalThis.gc ?? (() => globalThis.Bun.gc(true));
  const settle = async () => {
    for (let i = 0; i < 5; i++) {
      collectGarbage();
      await sleep(0.01);
    }
  };
`;

describe("the garbage collector", () => {
  // Deno keeps an error's frames, and with them the task, for longer; there the closing loop reports it.
  it.skipIf(onBun || onDeno)("reports an error that nobody retrieved while the program runs, once", async () => {
    const { stdout } = await program(`
      import { createTask, getRunningLoop, run, sleep } from "asyncio-ts";
      ${collect}
      await run(async () => {
        getRunningLoop().setExceptionHandler((_, { message, exception }) => console.log(message, exception.message));
        (() => { createTask(async () => { throw new RangeError("lost"); }); })();
        await sleep(0.001);
        // The engine may keep the last asynchronous function's frame alive.
        await createTask(async () => { await sleep(0); });
        await settle();
        console.log("end of main");
      });
    `);
    expect(stdout).toBe("Task exception was never retrieved lost\nend of main\n");
  });

  it.skipIf(onBun)("reports a coroutine that nobody awaited, once", async () => {
    const { stdout } = await program(`
      import { coroutine, getRunningLoop, run, sleep } from "asyncio-ts";
      ${collect}
      const work = coroutine(async function work() {});
      await run(async () => {
        getRunningLoop().setExceptionHandler((_, { message }) => console.log(message));
        (() => { work(); })();
        await sleep(0.001);
        await settle();
        console.log("end of main");
      });
    `);
    expect(stdout).toBe("coroutine 'work' was never awaited\nend of main\n");
  });

  it("never loses a pending task that only the loop knows", async () => {
    const { stdout } = await program(`
      import { createTask, run, sleep } from "asyncio-ts";
      ${collect}
      await run(async () => {
        (() => { createTask(async () => { await sleep(0.08); console.log("task"); }); })();
        await settle();
        await sleep(0.1);
      });
    `);
    expect(stdout).toBe("task\n");
  });

  it.skipIf(onBun)("can collect finished tasks, also failed ones that were retrieved", async () => {
    const { stdout } = await program(`
      import { createTask, run, sleep } from "asyncio-ts";
      ${collect}
      await run(async () => {
        const references = [];
        await (async () => {
          const bodies = [async () => 1, function* () { yield* sleep(0); }, async () => { throw new Error("seen"); }];
          for (const body of [...bodies, ...bodies, async () => {}]) {
            const task = createTask(body);
            references.push(new WeakRef(task));
            await task.catch(() => {});
          }
        })();
        await sleep(0.001);
        await settle();
        console.log(references.slice(0, 6).every((reference) => reference.deref() === undefined));
      });
    `);
    expect(stdout).toBe("true\n");
  });
});

describe("the end of the process", () => {
  it("reports a coroutine that was made outside of any loop", async () => {
    const { stderr, code } = await program(`
      import { coroutine } from "asyncio-ts";
      coroutine(async function work() {})();
    `);
    expect(stderr).toContain("coroutine 'work' was never awaited");
    expect(code).toBe(0);
  });
});
