import { describe, expect, it } from "vitest";
import { bodyOf } from "../../../../tests/support/both-kinds.ts";
import {
  type Awaitable,
  CancelledError,
  createTask,
  getRunningLoop,
  isCancelled,
  sleep,
  staggeredRace,
} from "../index.ts";
import { runTest } from "../testing/index.ts";

describe.each(["generator", "native"])("staggeredRace of %s coroutines", (kind) => {
  /** Starts, and after a time gives its name, or fails where the time is negative. */
  const runner = (log: string[], name: string, delay: number) =>
    bodyOf(kind, function* (): Generator<Awaitable<unknown>, string, never> {
      const loop = getRunningLoop();
      log.push(`${name} starts at ${loop.time()}`);
      try {
        yield sleep(Math.abs(delay));
      } catch (error) {
        if (isCancelled(error)) {
          yield sleep(1);
          log.push(`${name} has cleaned up at ${loop.time()}`);
        }
        throw error;
      }
      if (delay < 0) throw new Error(name);
      return name;
    });

  const play = (delay: number | null, ...delays: number[]): Promise<readonly [string[], unknown]> =>
    runTest(async () => {
      const log: string[] = [];
      const starters = delays.map((each, i) => runner(log, "abc"[i]!, each));
      const [winner, index, errors] = await staggeredRace(starters, delay);
      log.push(`over at ${getRunningLoop().time()}`);
      return [log, [winner, index, errors.map((error) => (error instanceof Error ? error.name : error))]];
    });

  it("starts one after the other, and stops the losers", async () => {
    const [log, result] = await play(1, 10, 2, 10);
    expect(log).toEqual([
      ...["a starts at 0", "b starts at 1", "c starts at 2"],
      ...["a has cleaned up at 4", "c has cleaned up at 4", "over at 4"],
    ]);
    expect(result).toEqual(["b", 1, ["CancelledError", null, "CancelledError"]]);
  });

  it("starts the next one at once when the last one has failed", async () => {
    const [log, result] = await play(5, -1, -1, 1);
    expect(log).toEqual(["a starts at 0", "b starts at 1", "c starts at 2", "over at 3"]);
    expect(result).toEqual(["c", 2, ["Error", "Error", null]]);
  });

  it("does not hurry when an earlier one fails", async () => {
    const [log] = await play(2, -3, 10, 10);
    expect(log.slice(0, 3)).toEqual(["a starts at 0", "b starts at 2", "c starts at 4"]);
  });

  it("without a delay waits for failures only", async () => {
    const [log, result] = await play(null, -7, 100, 1);
    expect(log).toEqual(["a starts at 0", "b starts at 7", "over at 107"]);
    expect(result).toEqual(["b", 1, ["Error", null]]);
  });

  it("has no winner when all fail, and when there are none", async () => {
    expect((await play(1, -5, -1))[1]).toEqual([null, null, ["Error", "Error"]]);
    expect((await play(1))[1]).toEqual([null, null, []]);
  });

  it("that is cancelled stops them all, waits, and discards what was won", () =>
    runTest(async () => {
      const log: string[] = [];
      const discarded: string[] = [];
      const discard = (value: string): void => void discarded.push(value);
      const task = createTask(() => staggeredRace([runner(log, "a", 10), runner(log, "b", 10)], 1, { discard }));
      await sleep(5);
      task.cancel();
      await expect(task).rejects.toBeInstanceOf(CancelledError);
      expect(log.slice(2)).toEqual(["a has cleaned up at 6", "b has cleaned up at 6"]);
      const late = createTask(() => staggeredRace([runner(log, "a", 9), runner(log, "b", 2)], 1, { discard }));
      await sleep(3.5); // The winner is known, the loser still cleans up.
      late.cancel();
      await expect(late).rejects.toBeInstanceOf(CancelledError);
      expect(discarded).toEqual(["b"]);
    }));

  it("discards what succeeds in spite of its defeat", () =>
    runTest(async () => {
      const discarded: string[] = [];
      const stubborn = bodyOf(kind, function* (): Generator<Awaitable<unknown>, string, never> {
        try {
          yield sleep(100);
        } catch {
          // Succeeds all the same.
        }
        return "stubborn";
      });
      const [winner] = await staggeredRace([stubborn, () => sleep(1, "quick")], 1, {
        discard: (value) => void discarded.push(value),
      });
      expect([winner, discarded]).toEqual(["quick", ["stubborn"]]);
    }));

  it("takes NaN for an error", () => {
    expect(() => staggeredRace([], Number.NaN)).toThrow(RangeError);
  });
});
