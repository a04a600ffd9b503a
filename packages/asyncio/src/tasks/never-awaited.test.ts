import { describe, expect, it } from "vitest";
import { coroutine, createTask, type ExceptionContext, gather, getRunningLoop, run, sleep, waitFor } from "../index.ts";
import { TestLoop } from "../testing/index.ts";

const work = coroutine(async function work() {});
const steps = coroutine(function* steps() {});

async function reportsOf(body: () => Promise<unknown>): Promise<ExceptionContext[]> {
  const reports: ExceptionContext[] = [];
  const loop = new TestLoop();
  loop.setExceptionHandler((_, context) => reports.push(context));
  await run(body, { loopFactory: () => loop });
  return reports;
}

describe("a coroutine that nobody awaited", () => {
  it.each([
    ["native", work, "work"],
    ["generator", steps, "steps"],
    ["sleep", () => sleep(1), "sleep"],
    ["sleep(0)", () => sleep(0), "sleep"],
  ] as const)("of %s is reported once when its loop closes", async (_, make, name) => {
    const reports = await reportsOf(async () => {
      void make();
      await sleep(1);
      await sleep(1);
    });
    expect(reports.map(({ message }) => message)).toEqual([`coroutine '${name}' was never awaited`]);
  });

  it("each of several is reported", async () => {
    const reports = await reportsOf(async () => {
      for (let i = 0; i < 3000; i++) void work();
      await sleep(1);
    });
    expect(reports).toHaveLength(3000);
  });

  it("made last, without anything after it, is reported", async () => {
    const reports = await reportsOf(async () => void work());
    expect(reports).toHaveLength(1);
  });

  // In a bundle nothing tells the package's frames from the program's.
  const bundled = !import.meta.url.includes("/packages/asyncio/");
  it.skipIf(bundled)("tells where its function was made, outside of debug mode", async () => {
    const reports: ExceptionContext[] = [];
    await run(async () => {
      getRunningLoop().setDebug(false);
      getRunningLoop().setExceptionHandler((_: unknown, context: ExceptionContext) => reports.push(context));
      void work();
      await sleep(0);
    });
    expect(reports).toHaveLength(1);
    expect(reports[0]!.sourceTraceback).toBe(undefined);
    expect(reports[0]!.definedAt).toMatch(/never-awaited\.test\.[jt]s:\d+$/);
  });

  it("tells where it was made, on a test loop", async () => {
    const reports = await reportsOf(async () => {
      void work();
      await sleep(1);
    });
    expect(reports[0]!.sourceTraceback!.length).toBeGreaterThan(0);
  });

  it.each<[string, () => unknown]>([
    ["awaited", () => work()],
    ["a task", () => createTask(work())],
    ["gathered", () => gather(work(), steps())],
    ["given to waitFor", () => waitFor(work(), 1)],
    ["closed", () => work().close()],
    [
      "started late",
      async () => {
        const made = work();
        await sleep(5);
        await made;
      },
    ],
    ["a task that is cancelled before its start", () => void createTask(work()).cancel()],
  ])("%s it is not reported", async (_, use) => {
    const reports = await reportsOf(async () => {
      await use();
      await sleep(1);
    });
    expect(reports).toEqual([]);
  });

  it("of a task that waits for its first step when the program ends is not reported", async () => {
    const reports = await reportsOf(async () => void createTask(work()));
    expect(reports).toEqual([]);
  });

  it.skipIf("document" in globalThis)("loops side by side report their own", async () => {
    const [first, second] = await Promise.all([
      reportsOf(async () => {
        await sleep(1);
        void work();
        await sleep(1);
      }),
      reportsOf(async () => {
        await sleep(1);
        await sleep(1);
      }),
    ]);
    expect(first!.length + second!.length).toBe(1);
  });
});
