import { describe, expect, it } from "vitest";
import { runProgram } from "../../../../tests/support/child-process.ts";

const report = async (body: string, places: string): Promise<string> => {
  const { stdout } = await runProgram(
    `
      import { coroutine, getRunningLoop, run, sleep } from "asyncio-ts";
      await run(async () => {
        getRunningLoop().setExceptionHandler((_, context) => console.log(context.sourceTraceback?.[0] ?? "unknown"));
        ${body}
        sleep(1); // Line 6, which nobody awaits.
      });
    `,
    new URL("../../", import.meta.url),
    { env: { ASYNCIO_TS_PLACES: places } },
  );
  return stdout.trim();
};

describe("ASYNCIO_TS_PLACES", () => {
  it("keeps the first places of a process, outside of debug mode", async () => {
    expect(await report("", "100")).toMatch(/:6:\d+\)?$/);
    expect(await report("", "0")).toBe("unknown");
  });

  it("keeps no more", async () => {
    expect(await report("for (let i = 0; i < 20; i++) await sleep(0);", "100")).toMatch(/:6:\d+\)?$/);
    expect(await report("for (let i = 0; i < 200; i++) await sleep(0);", "100")).toBe("unknown");
  });
});
