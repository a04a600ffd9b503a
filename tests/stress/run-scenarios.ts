import { describe, expect, it } from "vitest";
import { cancelEverywhere, type Options, type Scenario } from "./cancel-everywhere.ts";

const often = [
  "cancel, and again one handle later",
  "cancel every task",
  "cancel, recover and run again",
  "timeout",
  "failure in its group",
  "cancel of its scope",
];

/**
 * For `npm test`: a plain cancellation at every moment of both kinds; every other attack, nested and mixed kinds and a
 * shuffled order at some.
 */
export const everyday: readonly Options[] = [
  { kinds: ["native", "generator"], attacks: ["cancel"] },
  { kinds: ["native"], attacks: often, every: 4 },
  { kinds: ["generator"], except: ["cancel", ...often], every: 4 },
  { kinds: ["nested", "alternating"], attacks: ["cancel", "cancel of its scope"], seeds: [1], every: 3 },
];

/** For `npm run test:long`: every attack at every moment of every kind, and a third of that in each of many orders. */
export const thorough: readonly Options[] = [{}, { seeds: Array.from({ length: 10 }, (_, seed) => seed), every: 3 }];

/** One test for each scenario. */
export function runScenarios(title: string, scenarios: Readonly<Record<string, Scenario>>, plan: readonly Options[]) {
  describe(title, () => {
    it.each(Object.keys(scenarios))("%s", { timeout: 600_000 }, async (name) => {
      let runs = 0;
      for (const options of plan) runs += await cancelEverywhere(scenarios[name]!, options);
      expect(runs).toBeGreaterThan(20);
    });
  });
}
