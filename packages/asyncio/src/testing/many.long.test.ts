import { describe, expect, it } from "vitest";
import { createTask, gather, sleep } from "../index.ts";
import { runTest } from "./index.ts";

describe("a virtual clock", () => {
  /** Microseconds of the processor for each of `count` tasks that wake up at times of their own. */
  const costOfSleepers = async (count: number): Promise<number> => {
    const before = process.cpuUsage();
    await runTest(async () => {
      await gather(Array.from({ length: count }, (_, index) => createTask(() => sleep(1 + index / 7))));
    });
    const { user, system } = process.cpuUsage(before);
    return (user + system) / count;
  };

  it("jumps as quickly with 80,000 tasks asleep as with 5,000", async () => {
    await costOfSleepers(5000);
    const few = await costOfSleepers(5000);
    const many = await costOfSleepers(80_000);
    expect(many).toBeLessThan(few * 4);
  });
});
