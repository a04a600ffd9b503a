// Turns results into Markdown: the summary with the goals, the other runtimes, and every row in full.
import { join } from "node:path";
import { median } from "./statistics.mjs";

/** Taken out of error messages: a page of results has no business with this machine's folders. */
const root = join(import.meta.dirname, "..");

const titles = {
  generator: "asyncio-ts, generator",
  native: "asyncio-ts, native",
  "generator:coroutine": "asyncio-ts, generator, `coroutine()` helpers",
  "native:coroutine": "asyncio-ts, native, `coroutine()` helpers",
  "generator:eager": "asyncio-ts, generator, eager tasks",
  "effect:eager": "Effect, eager (`forEach`)",
  asyncio: "asyncio",
  uvloop: "uvloop",
  effect: "Effect",
  effection: "Effection",
  promises: "native promises",
  "promises:p-map": "native promises, p-map",
  "promises:p-limit": "native promises, p-limit",
  protocol: "asyncio-ts, protocol",
  streams: "asyncio-ts, streams",
  "streams:native": "asyncio-ts, streams, native handlers",
  "asyncio:streams": "asyncio, streams",
  "uvloop:streams": "uvloop, streams",
  net: "`node:net`",
  "bun-listen": "`Bun.listen`",
  threads: "asyncio-ts, threads",
  processes: "asyncio-ts, processes",
  piscina: "piscina",
  "piscina:best": "piscina, 16 jobs a worker",
  tinypool: "tinypool",
  "tinypool:processes": "tinypool, processes",
  "asyncio:threads": "CPython, threads",
  "asyncio:processes": "CPython, processes",
};
const summaryColumns = ["generator", "native", "asyncio", "uvloop", "effect", "effection", "promises"];
const socketColumns = ["protocol", "streams", "net", "asyncio", "uvloop", "protocol@bun", "net@bun", "bun-listen@bun"];

const poolColumns = ["threads", "piscina", "piscina:best", "tinypool", "asyncio:threads", "processes"];

/** The page about all rows that have results; `items` are those of results.mjs, by the ids of the rows. */
export function report(rows, items) {
  const plan = rows.filter((row) => items.has(row.id)).map((row) => ({ row, ...items.get(row.id) }));
  const missing = rows.filter((row) => !items.has(row.id)).map((row) => `\`${row.id}\``);
  const runtimes = Object.assign({}, ...plan.map((item) => item.runtimes));
  return [
    "# Benchmarks",
    head(plan, runtimes),
    "## Summary",
    ...summaries(plan, runtimes),
    "Medians. A losing row stays in the table. k and M are thousands and millions per second; more is better for them, less for bytes, milliseconds and ×.",
    "## Goals",
    goals(plan),
    ...runtimeSection(plan, runtimes),
    "## Every row",
    ...plan.map(detail),
    ...(missing.length === 0 || missing.length === rows.length ? [] : [`Not measured yet: ${missing.join(", ")}.`]),
  ].join("\n\n");
}

function head(plan, runtimes) {
  const distinct = (values) => [...new Set(values)];
  const dates = distinct(plan.map(({ date }) => date)).sort();
  const days = dates.length === 1 ? dates[0] : `${dates[0]} to ${dates.at(-1)}`;
  const commits = distinct(plan.map(({ commit }) => commit));
  const titles = [...Object.values(runtimes), ...distinct(plan.flatMap(({ rivals }) => rivals))];
  const lines = [
    `${days}, commit ${commits.join(", ")}, ${distinct(plan.map(({ machine }) => machine)).join("; ")}. ${titles.join(", ")}.`,
    "Every number comes from a fresh process that measures one row after warming up; the contestants of a row run one after the other, in another order each round, and the table shows the median of the rounds. Servers run side by side and are asked in turns. Repeat it with `npm run bench`, one row with `npm run bench -- --only sleep0-100`; with `--write` the results go into this page.",
  ];
  const waited = median(plan.flatMap((item) => item.waited));
  if (waited >= 0.01) {
    lines.push(
      `Other work had the cores for ${Math.round(waited * 100)} % of the time. The clock of the speeds stood still meanwhile; latencies and lateness suffer from it.`,
    );
  }
  const quick = plan.filter((item) => item.quick);
  if (quick.length > 0) {
    const which = quick.length === plan.length ? "" : ` (${quick.map(({ id }) => `\`${id}\``).join(", ")})`;
    lines.push(`Measured by a quick run (\`--quick\`)${which}: short windows, few rounds, not for quoting.`);
  }
  const skipped = distinct(plan.flatMap((item) => item.skipped));
  if (skipped.length > 0) lines.push(`Not measured here: ${skipped.join(", ")}.`);
  return lines.join("\n\n");
}

/** Tasks in one table, servers in another, pools in a third. */
function summaries(plan, runtimes) {
  const of = (group) => plan.filter(({ row }) => row.group === group);
  const sockets = socketColumns.filter((column) => runtimes[column.split("@")[1] ?? "node"] !== undefined);
  return [
    summary(of(undefined), summaryColumns, runtimes),
    summary(of("sockets"), sockets, runtimes),
    summary(of("pools"), poolColumns, runtimes),
  ].filter((table) => table !== null);
}

function summary(plan, columns, runtimes) {
  if (plan.length === 0) return null;
  const table = [["work", ...columns.map((column) => describe(column, runtimes))]];
  for (const { row, results } of plan) {
    for (const metric of row.metrics) {
      const title = row.metrics.length === 1 ? row.title : `${row.title}: ${metric.unit}`;
      table.push([title, ...columns.map((column) => summaryCell(results, column, metric))]);
    }
  }
  return markdownTable(table);
}

function summaryCell(byContestant, contestant, metric) {
  const value = middle(byContestant, contestant, metric.key);
  if (value === null) return byContestant[contestant]?.error !== undefined ? "failed" : "–";
  return format(value, metric);
}

function goals(plan) {
  const table = [["work", "goal", "measured", ""]];
  for (const { row, results, runtimes } of plan) {
    const major = Number(/\d+/.exec(runtimes.node)[0]);
    for (const goal of row.goals) {
      if (goal.majors !== undefined && !goal.majors.includes(major)) continue;
      const line = judge(goal, row, results, runtimes);
      if (line !== null) table.push([row.title, ...line]);
    }
  }
  return markdownTable(table);
}

function judge(goal, row, byContestant, runtimes) {
  const metric = row.metrics.find((candidate) => candidate.key === (goal.metric ?? "opsPerSecond"));
  const ours = middle(byContestant, goal.of, metric.key);
  const name = describe(goal.of, runtimes);
  if (goal.atMost !== undefined && goal.times === undefined) {
    if (ours === null)
      return byContestant[goal.of] === undefined
        ? null
        : [`${name} ≤ ${goal.atMost} ${metric.unit}`, "failed", "missed"];
    return [`${name} ≤ ${goal.atMost} ${metric.unit}`, format(ours, metric), verdict(ours <= goal.atMost)];
  }
  const theirs = middle(byContestant, goal.times, metric.key);
  if (theirs === null || byContestant[goal.of] === undefined) return null;
  const rival = describe(goal.times, runtimes);
  const ratio = row.takesTurns && ours !== null ? pairedRatio(byContestant, goal, metric.key) : ours / theirs;
  if (goal.atMost !== undefined) {
    const sentence = `${name} ≤ ${goal.atMost} × ${rival}, ${metric.unit}`;
    if (ours === null) return [sentence, "failed", "missed"];
    return [sentence, `${round(ratio)} ×`, verdict(ratio <= goal.atMost)];
  }
  const sentence =
    goal.atLeast === 1 ? `${name} ≥ ${rival}` : `${name} ≥ ${Number(goal.atLeast.toFixed(2))} × ${rival}`;
  if (ours === null) return [sentence, "failed", "missed"];
  return [sentence, `${round(ratio)} ×`, verdict(ratio >= goal.atLeast)];
}

/** Of two servers that have taken turns: they met the same moments of the machine. */
function pairedRatio(byContestant, { of, times }, key) {
  const theirs = byContestant[times][key];
  return median(byContestant[of][key].map((value, round) => value / theirs[round]));
}

function verdict(met) {
  return met ? "met" : "**missed**";
}

function runtimeSection(plan, runtimes) {
  const names = Object.keys(runtimes);
  const lines = plan.filter(
    ({ row, contestants }) => row.group === undefined && contestants.some((contestant) => contestant.includes("@")),
  );
  if (names.length < 2 || lines.length === 0) return [];
  const table = [
    ["work", "against", ...names.flatMap((name) => [`${runtimes[name]}, generator`, `${runtimes[name]}, native`])],
  ];
  for (const { row, results } of lines) {
    const rival = row.contestants.includes("promises@bun") ? "promises" : "uvloop";
    const cells = names.flatMap((name) =>
      ["generator", "native"].map((kind) => {
        const suffix = name === "node" ? "" : `@${name}`;
        const ours = middle(results, kind + suffix, "opsPerSecond");
        const theirs = middle(results, rival === "promises" ? rival + suffix : rival, "opsPerSecond");
        return ours === null || theirs === null ? "–" : `${round(ours / theirs)} ×`;
      }),
    );
    table.push([row.title, rival === "promises" ? "native promises of the same runtime" : "uvloop", ...cells]);
  }
  return ["## On every runtime", markdownTable(table)];
}

function detail({ row, contestants, rounds, date, commit, quick, runtimes, results }) {
  const subject = row.subject ?? "generator";
  const table = [
    ["contestant", ...row.metrics.flatMap((metric) => [metric.unit, "lowest to highest", `${subject} ÷ it`])],
  ];
  const failures = [];
  for (const contestant of contestants) {
    const outcome = results[contestant];
    if (outcome.error !== undefined) {
      failures.push(`${describe(contestant, runtimes)} failed: ${outcome.error.replaceAll(root, "")}`);
      continue;
    }
    const cells = row.metrics.flatMap((metric) => {
      const value = middle(results, contestant, metric.key);
      if (value === null) return ["–", "–", "–"];
      const values = outcome[metric.key];
      const ours = middle(results, subject, metric.key);
      const spread = `${format(Math.min(...values), metric)} – ${format(Math.max(...values), metric)}`;
      return [format(value, metric), spread, ours === null ? "–" : `${round(ours / value)} ×`];
    });
    table.push([describe(contestant, runtimes), ...cells]);
  }
  const parts = [
    `### ${row.title} (\`${row.id}\`)`,
    `${row.about} ${rounds} ${rounds === 1 ? "round" : "rounds"}${quick ? " of a quick run" : ""}, ${date}, commit ${commit}.`,
    markdownTable(table),
  ];
  if (failures.length > 0) parts.push(failures.map((failure) => `- ${failure}`).join("\n"));
  return parts.join("\n\n");
}

function describe(contestant, runtimes) {
  const [name, runtime] = contestant.split("@");
  return runtime === undefined ? titles[name] : `${titles[name]}, ${runtimes[runtime] ?? runtime}`;
}

function middle(byContestant, contestant, key) {
  const values = (byContestant[contestant]?.[key] ?? []).filter((value) => value !== null);
  return values.length === 0 ? null : median(values);
}

function format(value, metric) {
  if (!metric.unit.includes("per second")) return `${round(value)}${metric.unit.startsWith("×") ? " ×" : ""}`;
  if (value >= 1e6) return `${round(value / 1e6)} M`;
  if (value >= 1e3) return `${round(value / 1e3)} k`;
  return round(value);
}

/** Three digits that mean something, no more. */
function round(value) {
  if (value >= 100) return value.toFixed(0);
  if (value >= 10) return value.toFixed(1);
  return value >= 0.1 ? value.toFixed(2) : value.toPrecision(2);
}

function markdownTable([header, ...lines]) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...lines.map(line)].join("\n");
}
