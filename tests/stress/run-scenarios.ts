import { describe, expect, it } from "vitest";
import { cancelEverywhere, type Options, type Scenario } from "./cancel-everywhere.ts";

/** For `npm test`: every attack on both kinds; of nested code, mixed kinds and other orders a sample. */
export const everyday: readonly Options[] = [
  { kinds: ["generator", "native"] },
  { kinds: ["nested", "alternating"], attacks: ["cancel", "timeout", "failure in its group"] },
  { kinds: ["generator", "native"], attacks: ["cancel"], seeds: [1, 2] },
];

/** For `npm run test:long`: everything, in many orders. */
export const thorough: readonly Options[] = [{ seeds: [null, ...Array.from({ length: 20 }, (_, seed) => seed)] }];

/** One test for each scenario. */
export function runScenarios(title: string, scenarios: Readonly<Record<string, Scenario>>, plan: readonly Options[]) {
  describe(title, () => {
    it.each(Object.keys(scenarios))("%s", async (name) => {
      let runs = 0;
      for (const options of plan) runs += await cancelEverywhere(scenarios[name]!, options);
      expect(runs).toBeGreaterThan(50);
    });
  });
}
