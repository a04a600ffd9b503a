import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { bodyOf, type Script } from "../../../../tests/support/both-kinds.ts";
import { Future, run, sleep, taskGroup } from "../index.ts";
import { TestLoop } from "../testing/index.ts";

const debugging = { debug: true, loopFactory: () => new TestLoop() };

describe.each(["generator", "native"])("debug mode, stranded tasks of the %s kind", (kind) => {
  const body = <A extends unknown[], T>(script: Script<A, T>) => bodyOf(kind, script);
  let warnings: string[] = [];
  beforeEach(() => {
    warnings = [];
    vi.spyOn(console, "warn").mockImplementation((text: unknown) => void warnings.push(String(text)));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("reports one", async () => {
    const ticker = body(function* ticker() {
      for (let i = 0; i < 100; i++) yield sleep(1);
    });
    await run(
      () =>
        taskGroup(async (group) => {
          const task = group.createTask(
            body(function* stuck() {
              yield new Future();
            }),
            { name: "stuck" },
          );
          await group.createTask(ticker);
          task.cancel();
        }),
      debugging,
    );
    expect(warnings).toEqual([]);
  });
});
