import { describe, expect, it } from "vitest";
import { createTask, type EventLoop, type ExceptionContext, type Future, gather, run, sleep } from "../index.ts";
import { TestLoop } from "../testing/index.ts";

/** Runs `body` and gives the messages of what was reported until the loop was closed. */
async function reportsOf(
  body: (loop: EventLoop) => Promise<unknown>,
  options: { debug?: boolean } = {},
): Promise<ExceptionContext[]> {
  const reports: ExceptionContext[] = [];
  const loop = new TestLoop();
  loop.setExceptionHandler((_, context) => reports.push(context));
  await run(() => body(loop), { loopFactory: () => loop, ...options });
  return reports;
}

const failing = async (): Promise<never> => {
  throw new RangeError("unseen");
};

describe("an error that nobody retrieved", () => {
  it("of a task is reported once, when the loop is closed", async () => {
    const reports = await reportsOf(async () => {
      createTask(failing, { name: "failing" });
      await sleep(1);
    });
    expect(reports.map(({ message }) => message)).toEqual(["Task exception was never retrieved"]);
    expect(reports[0]!.exception).toMatchObject({ message: "unseen" });
    expect(String(reports[0]!.future)).toMatch(/^<Task finished name='failing'.*exception=RangeError\('unseen'\)/);
  });

  it("of a future is reported as the future's", async () => {
    const reports = await reportsOf(async (loop) => {
      loop.createFuture().setException(new RangeError("unseen"));
    });
    expect(reports.map(({ message }) => message)).toEqual(["Future exception was never retrieved"]);
  });

  it.each<[string, (future: Future<unknown>) => unknown]>([
    ["exception()", (future) => future.exception()],
    [
      "result()",
      (future) => {
        try {
          future.result();
        } catch {
          // Seen.
        }
      },
    ],
    ["await", (future) => future.then(null, () => {})],
    ["catch()", (future) => future.catch(() => {})],
    ["cancel()", (future) => future.cancel()],
    ["gather()", (future) => gather([future], { returnExceptions: true })],
  ])("is not reported after %s", async (_, retrieve) => {
    const reports = await reportsOf(async (loop) => {
      const future = loop.createFuture();
      future.setException(new RangeError("seen"));
      await retrieve(future);
      await sleep(1);
    });
    expect(reports).toEqual([]);
  });

  it("that is retrieved late, after the loop slept, is not reported", async () => {
    const reports = await reportsOf(async () => {
      const tasks = [createTask(failing), createTask(failing), createTask(failing)];
      for (const task of tasks) {
        await sleep(1);
        await task.catch(() => {});
      }
    });
    expect(reports).toEqual([]);
  });

  it("many of them are all reported", async () => {
    const reports = await reportsOf(async () => {
      for (let i = 0; i < 2500; i++) createTask(failing);
      await sleep(1);
    });
    expect(reports).toHaveLength(2500);
  });

  it("in debug mode it is reported while the program runs, once, with the place", async () => {
    let during = 0;
    const reports: ExceptionContext[] = [];
    const loop = new TestLoop();
    loop.setExceptionHandler((_, context) => reports.push(context));
    await run(
      async () => {
        createTask(failing);
        await sleep(1);
        during = reports.length;
      },
      { loopFactory: () => loop, debug: true },
    );
    expect(during).toBe(1);
    expect(reports).toHaveLength(1);
    expect(reports[0]!.sourceTraceback!.length).toBeGreaterThan(0);
  });

  it("a result() asked of the main task's failure by run() counts", async () => {
    const reports: unknown[] = [];
    const loop = new TestLoop();
    loop.setExceptionHandler((_, context) => reports.push(context));
    await expect(run(failing, { loopFactory: () => loop })).rejects.toThrow("unseen");
    expect(reports).toEqual([]);
  });

  it("pending tasks of a closed loop are reported as destroyed", () => {
    const loop = new TestLoop();
    const reports: ExceptionContext[] = [];
    loop.setExceptionHandler((_, context) => reports.push(context));
    const task = loop.createTask(() => sleep(1));
    loop.close();
    expect(reports.map(({ message }) => message)).toContain("Task was destroyed but it is pending!");
    expect(reports.find(({ message }) => message.startsWith("Task was"))!.task).toBe(task);
  });
});
