import { readFileSync } from "node:fs";
import v8 from "node:v8";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { onDeno, runProgram } from "../../../../tests/support/child-process.ts";
import { canTakeSnapshots } from "../host/heap-snapshot.ts";
import {
  allTasks,
  createTask,
  Event,
  gather,
  getRunningLoop,
  Lock,
  run,
  shield,
  sleep,
  taskGroup,
  timeout,
  wait,
} from "../index.ts";
import { TestLoop } from "../testing/index.ts";
import { Suspects } from "./stranded-search.ts";

// A process of its own has a small heap, and nothing in it but what the cases hold.
const program = readFileSync(new URL("../../../../tests/programs/stranded-waits.mjs", import.meta.url), "utf8");

describe.runIf(canTakeSnapshots).each(["generator", "native"])("debug mode, tasks of the %s kind", (kind) => {
  const play = async (cases: string): Promise<{ readonly names: string[]; readonly reported: string[] }> => {
    const env = { KIND: kind, CASES: cases };
    const { stdout, stderr } = await runProgram(program, new URL("../../", import.meta.url), { env });
    expect(stderr).toBe("");
    return JSON.parse(stdout);
  };

  it("reports those that wait for what nobody can settle", { timeout: 20_000 }, async () => {
    const { names, reported } = await play("stranded");
    // Deno lets programs get at the objects in an error's stack.
    const known = onDeno ? ["an object whose method stands in the stack of a living error"] : [];
    const expected = names.filter((name) => !known.includes(name));
    expect(names.length).toBeGreaterThan(20);
    expect([...new Set(reported)].sort()).toEqual(expected.sort());
    expect(reported).toHaveLength(expected.length + 1); // One of the cases has two tasks.
  });

  it("is silent for those that something living can wake", { timeout: 20_000 }, async () => {
    const { names, reported } = await play("alive");
    expect(names.length).toBeGreaterThan(25);
    expect(reported).toEqual(["a future that only its task knows"]);
  });
});

describe.runIf(canTakeSnapshots)("debug mode, the search for stranded tasks", () => {
  let warnings: string[] = [];
  beforeEach(() => {
    warnings = [];
    vi.spyOn(console, "warn").mockImplementation((text: unknown) => void warnings.push(String(text)));
    holdsBytes(2 ** 20);
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const holdsBytes = (size: number): void => {
    const statistics = v8.getHeapStatistics();
    vi.spyOn(v8, "getHeapStatistics").mockReturnValue({ ...statistics, used_heap_size: size });
  };
  const debugging = { debug: true, loopFactory: () => new TestLoop() };
  const letPass = function* (seconds: number) {
    for (let second = 0; second < seconds; second++) yield* sleep(1);
  };
  /** Stands in for the search: notes the times, and finds those tasks whose name begins so. */
  const finding = (beginning: string): number[] => {
    const times: number[] = [];
    vi.spyOn(Suspects.prototype, "search").mockImplementation(() => {
      times.push(getRunningLoop().time());
      return [...allTasks()].filter((task) => task.getName().startsWith(beginning));
    });
    return times;
  };

  it("becomes rarer while all is in order", async () => {
    const times = finding("none");
    await run(function* () {
      createTask(() => new Event().wait());
      yield* letPass(3600);
    }, debugging);
    expect(times).toEqual([30, 60, 120, 240, 480, 960, 1920]);
    expect(warnings).toEqual([]);
  });

  it("does not happen for tasks, timers, deadlines, nor outside of debug mode", async () => {
    const times = finding("");
    const program = (duration: number) =>
      function* () {
        const loop = getRunningLoop();
        loop.strandedWaitDuration = duration;
        const sleeper = createTask(() => sleep("1h"));
        createTask(() => gather([sleeper]));
        createTask(() => shield(sleeper));
        createTask(() => wait([sleeper]));
        createTask(() => timeout("1h", () => new Event().wait()));
        createTask(() => taskGroup(async (group) => void group.createTask(() => sleeper)));
        if (!loop.getDebug() || duration === Infinity) createTask(() => new Event().wait());
        yield* letPass(100);
      };
    await run(program(30), debugging);
    await run(program(Infinity), debugging);
    await run(program(30), { loopFactory: () => new TestLoop() });
    expect(times).toEqual([]);
    expect(warnings).toEqual([]);
  });

  it("reports each wait once, and those that wait for its task not at all", async () => {
    const times = finding("stuck");
    await run(async () => {
      const lock = new Lock();
      await lock.acquire();
      const first = createTask(async () => (await lock.acquire()).release(), { name: "stuck 1" });
      createTask(() => first, { name: "stuck, but waits for a task" });
      await letSecondsPass(50);
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toMatch(
        /^Nothing but a cancellation can end these waits, .*:\n {2}stuck 1 \(.*\) waits for <Lock \[locked, waiters:1\]> at .*\.ts:\d+$/,
      );
      createTask(async () => void (await new Event().wait()), { name: "stuck 2" });
      await letSecondsPass(50);
      expect(warnings[1]).toMatch(/:\n {2}stuck 2 \(.*\) waits for <Event \[unset, waiters:1\]> at .*$/);
      await letSecondsPass(1000);
      lock.release();
    }, debugging);
    expect(warnings).toHaveLength(2);
    expect(times).toHaveLength(2);
  });
  const letSecondsPass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second++) await sleep(1);
  };

  it("does not happen in a large heap, and says so once", async () => {
    const times = finding("");
    holdsBytes(2 ** 30);
    await run(function* () {
      createTask(() => new Event().wait());
      yield* letPass(200);
    }, debugging);
    expect(times).toEqual([]);
    expect(warnings).toEqual([
      "The heap is larger than 64 MB: debug mode does not search it for waits that nothing can end",
    ]);
  });

  it("is given up when a snapshot cannot be had", async () => {
    vi.spyOn(Suspects.prototype, "search").mockImplementation(() => {
      throw new RangeError("unknown form of heap snapshot");
    });
    await run(function* () {
      createTask(() => new Event().wait());
      yield* letPass(200);
    }, debugging);
    expect(warnings).toEqual([
      "The heap cannot be read (RangeError('unknown form of heap snapshot')): " +
        "debug mode does not search it for waits that nothing can end",
    ]);
  });

  it("happens in real time, too", async () => {
    let searches = 0;
    await run(
      async () => {
        const loop = getRunningLoop();
        loop.strandedWaitDuration = 0.1;
        loop.slowCallbackDuration = Infinity; // A busy machine is no matter of this test.
        // A timer of the runtime may look while the loop sleeps: no loop is the running one then.
        vi.spyOn(Suspects.prototype, "search").mockImplementation(() => {
          searches++;
          return [...allTasks(loop)].filter((task) => task.getName() === "stuck");
        });
        createTask(async () => void (await new Event().wait()), { name: "stuck" });
        while (warnings.length === 0) await sleep("50ms");
      },
      { debug: true },
    );
    expect(searches).toBe(1);
    expect(warnings.at(-1)).toMatch(/:\n {2}stuck \(.*\) waits for <Event .*> at .*$/);
  });
});
