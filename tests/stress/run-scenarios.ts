import { describe, expect, it } from "vitest";
import { cancelEverywhere, type Options, type Scenario } from "./cancel-everywhere.ts";

const often = [
  "cancel",
  "cancel, and again one handle later",
  "cancel every task",
  "cancel, recover and run again",
  "timeout",
  "failure in its group",
  "cancel of its scope",
];

/** For `npm test`: a sample in which each attack, each kind and a shuffled order come up. */
export const everyday: readonly Options[] = [
  { kinds: ["native"], attacks: often },
  { kinds: ["generator"], attacks: ["cancel"], seeds: [null, 1] },
  { kinds: ["generator"], except: often },
  { kinds: ["nested", "alternating"], attacks: ["cancel", "cancel of its scope"] },
];

/** For `npm run test:long`: everything, in many orders. */
export const thorough: readonly Options[] = [{ seeds: [null, ...Array.from({ length: 20 }, (_, seed) => seed)] }];

/** One test for each scenario. */
export function runScenarios(title: string, scenarios: Readonly<Record<string, Scenario>>, plan: readonly Options[]) {
  describe(title, () => {
    it.each(Object.keys(scenarios))("%s", { timeout: 600_000 }, async (name) => {
      let runs = 0;
      for (const options of plan) runs += await cancelEverywhere(scenarios[name]!, options);
      expect(runs).toBeGreaterThan(50);
    });
  });
}
