// Places in reports name the user's file, also when the compiled package runs with source maps.
import { describe, expect, it } from "vitest";
import { onNode, runProgram } from "../../../../tests/support/child-process.ts";

const program = `
import { coroutine, createTask, getRunningLoop, run, sleep } from "asyncio-ts";
const lines = [];
const work = coroutine(async function work() {
  await sleep(5); // line 4
});
await run(async () => {
  const loop = Object.assign(getRunningLoop(), { slowCallbackDuration: 60 });
  loop.setExceptionHandler((_, context) => lines.push(context.message, ...(context.sourceTraceback ?? []).slice(0, 1)));
  const task = createTask(work(), { name: "work" }); // line 9
  loop.callSoon(function failing() { throw new Error("x"); }); // line 10
  await sleep(0.001);
  lines.push(String(task));
  lines.push(...task.getStack());
  task.cancel();
}, { debug: true });
console.log(lines.join("\\n"));
`.trimStart();

describe.each([
  ["plain", []],
  ["with source maps", ["--enable-source-maps"]],
] as const)("places, %s", (_, flags) => {
  const lines = async (): Promise<string[]> => {
    const { stdout, stderr } = await runProgram(program, new URL("../../", import.meta.url), {
      flags,
      name: "user.mjs",
    });
    expect(stderr).toBe("");
    return stdout.trim().split("\n");
  };

  it.runIf(onNode || flags.length === 0)("name the user's file and line, never the package's", async () => {
    const text = (await lines()).join("\n");
    expect(text).toMatch(/Exception in callback failing\(\) created at \S*user\.mjs:10/);
    expect(text).toMatch(/<Task pending name='work' coro=<work\(\) running at \S*user\.mjs:4>/);
    expect(text).toMatch(/created at \S*user\.mjs:9/);
    expect(text).not.toMatch(/asyncio\/(dist|src)\//);
  });
});
