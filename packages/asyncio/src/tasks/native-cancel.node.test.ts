// What a floating helper does to its process.
import { describe, expect, it } from "vitest";
import { onBun, onNode, type ProgramOptions, runProgram } from "../../../../tests/support/child-process.ts";

const program = (source: string, options?: ProgramOptions) =>
  runProgram(source, new URL("../../", import.meta.url), options);

const floating = `
  import { createTask, getRunningLoop, run, sleep } from "asyncio-ts";
  await run(async () => {
    getRunningLoop().setExceptionHandler((_, { message, exception }) => console.log("report:", message, "|", exception?.name));
    const task = createTask(async () => {
      (async () => { await sleep(100); })();
      await sleep(100);
    }, { name: "parent" });
    await sleep(0);
    task.cancel();
    await task.catch(() => {});
    await sleep(0.01);
  });
  console.log("end");
`;

describe("a floating helper of a cancelled task", () => {
  it("does not end the process, and is reported through the exception handler", async () => {
    const { code, stdout, stderr } = await program(floating);
    expect(stderr).toBe("");
    expect(stdout).toMatch(
      /^report: A helper that task 'parent' \(.*\) did not await was cancelled with it \| CancelledError\nend\n$/,
    );
    expect(code).toBe(0);
  });

  it("is reported by default on standard error", async () => {
    const { code, stdout, stderr } = await program(floating.replace(/getRunningLoop\(\)\.set.*\n/, ""));
    expect(stdout).toBe("end\n");
    expect(stderr).toContain("did not await was cancelled with it");
    expect(code).toBe(0);
  });

  it("an error of the helper that is not a cancellation reaches the runtime", async () => {
    const { code, stdout, stderr } = await program(`
      import { run, sleep } from "asyncio-ts";
      await run(async () => {
        (async () => { await sleep(0.001); throw new RangeError("mine"); })();
        await sleep(5);
      });
      console.log("end");
    `);
    expect(stdout).toBe("");
    expect(stderr).toContain("mine");
    expect(code).toBe(1);
  });
});

describe("an unhandled rejection that is not ours", () => {
  const rejects = (inside: boolean) => `
    import { run, sleep } from "asyncio-ts";
    ${
      inside
        ? `await run(async () => {
      Promise.reject(new RangeError("foreign"));
      await sleep(5);
    });`
        : 'Promise.reject(new RangeError("foreign")); await new Promise((resolve) => setTimeout(resolve, 5000));'
    }
    console.log("end");
  `;

  it("ends the process as it would without the package", async () => {
    const [plain, inside] = await Promise.all([program(rejects(false)), program(rejects(true))]);
    expect(inside.stdout).toBe("");
    expect(inside.code).toBe(plain.code);
    const essence = ({ stderr }: { stderr: string }) =>
      stderr
        .split("\n")
        .filter((line) => /RangeError: foreign|^Node\.js v/.test(line))
        // Deno tells where an error came from; that word may differ.
        .map((line) => line.replace("(in promise) ", ""));
    expect(essence(inside)).toEqual(essence(plain));
    expect(essence(inside).join()).toContain("foreign");
  });

  it.skipIf(onBun)("goes to the program's own listener, once, and the run goes on", async () => {
    const { code, stdout } = await program(`
      import { run, sleep } from "asyncio-ts";
      process.on("unhandledRejection", (error) => console.log("heard", error.message));
      await run(async () => {
        Promise.reject(new RangeError("foreign"));
        await sleep(0.02);
      });
      console.log("end");
    `);
    expect(stdout).toBe("heard foreign\nend\n");
    expect(code).toBe(0);
  });

  it.runIf(onNode)("obeys --unhandled-rejections=warn", async () => {
    const { code, stdout, stderr } = await program(rejects(true).replace("sleep(5)", "sleep(0.05)"), {
      flags: ["--unhandled-rejections=warn"],
    });
    expect(stdout).toBe("end\n");
    expect(stderr).toContain("foreign");
    expect(code).toBe(0);
  });
});
