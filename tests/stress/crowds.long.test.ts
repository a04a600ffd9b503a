// A million who wait at once, in linear time.
import { describe, expect, it } from "vitest";
import { countHandles, crowds, endings } from "./crowds.ts";

async function cpuSeconds(name: string, ending: string, size: number): Promise<number> {
  (globalThis as { gc?: () => void }).gc?.();
  const before = process.cpuUsage();
  await countHandles(name, ending, size);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

describe.each(Object.keys(crowds))("a crowd at %s", (name) => {
  it.each(endings)("%s: eight times as many take less than twenty times as long", async (ending) => {
    await countHandles(name, ending, 20_000);
    const few = await cpuSeconds(name, ending, 25_000);
    const many = await cpuSeconds(name, ending, 200_000);
    expect(many / few).toBeLessThan(20);
  });
});

it("a million waiters of a queue are cancelled", async () => {
  expect(await countHandles("Queue.get", "cancelled in order", 1_000_000)).toBeLessThan(8_000_000);
});
