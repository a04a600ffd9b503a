// The newest results of every row, kept in newest.json: a row can be measured again without the others.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const file = join(import.meta.dirname, "newest.json");

/**
 * What was measured, as it is kept: `{ id, contestants, rounds, results, ...circumstances }` for each row of the plan.
 * `results` maps a contestant to a list of numbers for each metric, or to `{ error }`.
 */
export function measurements(plan, results, circumstances) {
  return plan.map(({ row, contestants, rounds }) => ({
    id: row.id,
    ...circumstances,
    rounds,
    contestants,
    waited: rounded(Object.values(results[row.id]).flatMap((outcome) => waits(outcome))),
    results: Object.fromEntries(
      Object.entries(results[row.id]).map(([contestant, outcome]) => [contestant, kept(row, outcome)]),
    ),
  }));
}

function waits(outcome) {
  return outcome instanceof Error ? [] : outcome.map(({ waited }) => waited).filter((value) => value !== undefined);
}

function kept(row, outcome) {
  if (outcome instanceof Error) return { error: outcome.message.trim() };
  return Object.fromEntries(row.metrics.map(({ key }) => [key, rounded(outcome.map((result) => result[key]))]));
}

/** Four digits are more than any of them is good for. */
function rounded(values) {
  return values.map((value) => (typeof value === "number" ? Number(value.toPrecision(4)) : null));
}

/** By the ids of the rows. */
export function loadResults() {
  if (!existsSync(file)) return new Map();
  return new Map(JSON.parse(readFileSync(file, "utf8")).map((item) => [item.id, item]));
}

export function saveResults(items) {
  const lines = [...items.values()].map((item) => JSON.stringify(item));
  writeFileSync(file, `[\n${lines.join(",\n")}\n]\n`);
}
